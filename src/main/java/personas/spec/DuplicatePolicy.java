package personas.spec;

/** What becomes of a record whose user id an earlier one has. */
public enum DuplicatePolicy {
  /** It is a user like any other, and counted. */
  WARN,
  /** It is rejected; the first in the order of the input stays. */
  REJECT_LATER,
  /** The run fails before anything is published. */
  FAIL
}
