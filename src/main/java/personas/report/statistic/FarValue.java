package personas.report.statistic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.report.data.ReportSample;

/**
 * A smallest or largest value of a feature that lies far outside all other values. Some programs
 * write such a value, for example -999 or 9999, for a missing one.
 *
 * @param value the far value, raw
 * @param users number of sampled users who have exactly this value
 * @param least the smallest of the other values, raw
 * @param greatest the largest of the other values, raw
 */
public record FarValue(double value, int users, double least, double greatest) {
  /** The minimum distance of a far value from the other values, in ranges of the other values. */
  private static final double MIN_DISTANCE = 5;

  /** An extreme value is not chance if at least this number of users share it. */
  private static final int MIN_SHARED_USERS = 3;

  /**
   * Counts and measurements are below this limit. Some programs write a larger number for a missing
   * value.
   */
  private static final double MAX_MEASUREMENT = 1e30;

  /**
   * The minimum number of different values among the other values. With fewer values, their range
   * has no meaning.
   */
  private static final int MIN_OTHER_VALUES = 3;

  /** Returns the far values of a feature: the smallest, the largest, both or none. */
  public static List<FarValue> of(ReportSample sample, int feature) {
    double[] raw = sample.sorted(feature);
    double[] z = sortedPresent(sample, feature);
    int n = raw.length;
    if (n == 0) {
      return List.of();
    }
    int afterLeast = 0;
    while (afterLeast < n && raw[afterLeast] == raw[0]) {
      afterLeast++;
    }
    int beforeGreatest = n;
    while (beforeGreatest > 0 && raw[beforeGreatest - 1] == raw[n - 1]) {
      beforeGreatest--;
    }
    List<FarValue> smallest = farFromTheRest(raw, z, afterLeast, n);
    List<FarValue> largest = farFromTheRest(raw, z, 0, beforeGreatest);
    return !smallest.isEmpty()
        ? smallest
        : !largest.isEmpty() ? largest : farFromTheRest(raw, z, afterLeast, beforeGreatest);
  }

  /** Returns the standardized values that are not missing, ascending like the raw values. */
  private static double[] sortedPresent(ReportSample sample, int feature) {
    double[] z = new double[sample.size()];
    int present = 0;
    for (int i = 0; i < z.length; i++) {
      if (!Double.isNaN(sample.raw(feature, i))) {
        z[present++] = sample.z(feature, i);
      }
    }
    z = Arrays.copyOf(z, present);
    Arrays.sort(z);
    return z;
  }

  /**
   * Returns the smallest and the largest value outside of the indices {@code from} to below {@code
   * to}, if both lie far from the values inside.
   *
   * @param raw raw values, ascending
   * @param z standardized values in the same order
   */
  private static List<FarValue> farFromTheRest(double[] raw, double[] z, int from, int to) {
    if (from >= to || distinct(raw, from, to) < MIN_OTHER_VALUES) {
      return List.of();
    }
    List<FarValue> far = new ArrayList<>();
    boolean areFar = true;
    for (boolean above : new boolean[] {false, true}) {
      int users = above ? raw.length - to : from;
      if (users > 0) {
        double value = above ? raw[to] : raw[0];
        boolean isSentinel = users >= MIN_SHARED_USERS || Math.abs(value) >= MAX_MEASUREMENT;
        areFar &= isFar(z, from, to, above) || (isSentinel && isFar(raw, from, to, above));
        far.add(new FarValue(value, users, raw[from], raw[to - 1]));
      }
    }
    return areFar ? far : List.of();
  }

  private static boolean isFar(double[] values, int from, int to, boolean above) {
    // Halves prevent the overflow of a difference of two doubles.
    double range = values[to - 1] / 2 - values[from] / 2;
    double gap =
        above ? values[to] / 2 - values[to - 1] / 2 : values[from] / 2 - values[from - 1] / 2;
    return gap / MIN_DISTANCE > range;
  }

  private static int distinct(double[] sorted, int from, int to) {
    int distinct = 1;
    for (int i = from + 1; i < to; i++) {
      distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }
}
