package personas.inspect;

/**
 * The proposed role of a column in a spec.
 *
 * @param column the column
 * @param role the proposed role
 * @param reason the reason in a few words; possibly empty
 */
public record Proposal(ColumnProfile column, Role role, String reason) {
  /** The role of a column in a spec. */
  public enum Role {
    ID("id"),
    FEATURE("feature"),
    PASS_THROUGH("copied"),
    /** The time of an event, if a row is an event. */
    TIME("time"),
    /** A column whose sum or mean over the events of a user is a feature. */
    MEASURE("measured"),
    SKIPPED("left out");

    private final String label;

    Role(String label) {
      this.label = label;
    }

    /** Returns the name of the role for people. */
    public String label() {
      return label;
    }
  }
}
