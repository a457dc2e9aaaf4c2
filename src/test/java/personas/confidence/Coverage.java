package personas.confidence;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The share of intervals that hold the true value, by kind. */
final class Coverage {
  /** By kind the intervals, and those that hold the truth. */
  private final Map<String, long[]> counts = new TreeMap<>();

  synchronized void add(String kind, Interval interval, double truth) {
    if (interval != null) {
      long[] count = counts.computeIfAbsent(kind, each -> new long[2]);
      count[0]++;
      count[1] += interval.excludes(truth) ? 0 : 1;
    }
  }

  /** The share of all intervals, or of a kind, that hold the truth. */
  Map<String, Double> shares() {
    Map<String, Double> shares = new TreeMap<>();
    counts.forEach((kind, count) -> shares.put(kind, (double) count[1] / count[0]));
    return shares;
  }

  double overall() {
    long all = counts.values().stream().mapToLong(count -> count[0]).sum();
    return counts.values().stream().mapToDouble(count -> count[1]).sum() / all;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    counts.forEach(
        (kind, count) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %-22s %,8d intervals, %.1f%% hold the truth%n",
                    kind,
                    count[0],
                    100.0 * count[1] / count[0])));
    return text.toString();
  }
}
