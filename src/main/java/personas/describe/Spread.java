package personas.describe;

/**
 * The count, mean and standard deviation of some values.
 *
 * @param count of the values
 * @param mean correctly rounded; 0 if the count is 0
 * @param deviation population standard deviation; 0 if the count is 0
 */
record Spread(long count, double mean, double deviation) {
  /** The spread of an empty set of values. */
  static final Spread NONE = new Spread(0, 0, 0);

  /**
   * Returns the spread of {@code count} values that are 1 for {@code ones} of them and 0 for the
   * others.
   */
  static Spread ofShare(long count, long ones) {
    if (count == 0) {
      return NONE;
    }
    double share = ones / (double) count;
    return new Spread(count, share, Math.sqrt(share * ((count - ones) / (double) count)));
  }
}
