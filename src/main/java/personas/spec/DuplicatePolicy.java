package personas.spec;

/** What happens to a record if an earlier record has the same user id. */
public enum DuplicatePolicy {
  /** The record is a user like any other, and the run warns about it. */
  WARN,
  /** The record is rejected; only the first record with the id is a user. */
  REJECT_LATER,
  /** The run fails before anything is published. */
  FAIL
}
