package personas.run.publication;

/** How far a run has published its results. */
public enum PublicationState {
  /** The run has not changed the output folder or a table of a database. */
  NOT_STARTED,
  /** The run was stopped while it published: the output folder has no {@code model.json}. */
  INTERRUPTED,
  /** All results are published. */
  COMPLETE
}
