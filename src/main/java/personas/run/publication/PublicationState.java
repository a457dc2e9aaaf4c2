package personas.run.publication;

/** How far a run has brought its results out. */
public enum PublicationState {
  /** Earlier results, and the table of a database, are as they were. */
  NOT_BEGUN,
  /** Publishing was cut off: the output folder has no {@code model.json}. */
  BROKEN,
  /** All results are there. */
  WHOLE
}
