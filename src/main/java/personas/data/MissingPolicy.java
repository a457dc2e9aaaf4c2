package personas.data;

/** What happens to a record that has no value for a feature. */
public enum MissingPolicy {
  /** The record is rejected, with a reason. */
  REJECT,
  /** The raw mean of the users that have a value stands in. */
  MEAN,
  /** 0 stands in. */
  ZERO
}
