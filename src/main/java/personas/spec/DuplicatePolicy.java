package personas.spec;

/** What a run does with a record if an earlier record has the same user id. */
public enum DuplicatePolicy {
  /** The run accepts the record as another user and warns. */
  WARN,
  /** The record is rejected; only the first record with the id is a user. */
  REJECT_LATER,
  /** The run fails before anything is published. */
  FAIL
}
