package personas.report;

/** Figures of a few thousand values; null of none. */
final class SampleStatistics {
  private SampleStatistics() {}

  /** The middle value, or the mean of the two middle ones. */
  static Double median(double[] sorted) {
    int n = sorted.length;
    if (n == 0) {
      return null;
    }
    double upper = sorted[n / 2];
    return n % 2 == 1 ? upper : sorted[n / 2 - 1] + (upper - sorted[n / 2 - 1]) / 2;
  }

  /** Population standard deviation, in two passes; 0 of one value. */
  static Double sigma(double[] values) {
    int n = values.length;
    if (n == 0) {
      return null;
    }
    // From a value of the sample on, so that neither pass cancels where the spread is small.
    double origin = values[0];
    double mean = 0;
    for (double value : values) {
      mean += (value - origin) / n;
    }
    double squares = 0;
    for (double value : values) {
      double deviation = value - origin - mean;
      squares += deviation * deviation / n;
    }
    return StrictMath.sqrt(squares);
  }
}
