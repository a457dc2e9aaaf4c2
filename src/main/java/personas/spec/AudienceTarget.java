package personas.spec;

/** Where the lists of users go, one for each persona. */
public enum AudienceTarget {
  /** Files beside the assignments. */
  FILES
}
