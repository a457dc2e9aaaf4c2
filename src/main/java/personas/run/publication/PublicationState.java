package personas.run.publication;

/** How far a run has published its results. */
public enum PublicationState {
  /** The run has not changed the output folder or a table of a database. */
  NOT_STARTED,
  /** The run began to publish and has not finished, so results may be missing. */
  INTERRUPTED,
  /** All results are published. */
  COMPLETE
}
