package personas.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Distribution;
import personas.report.data.ReportSample;
import personas.report.privacy.SmallGroups;

/** The histogram of one feature. All bins have the same width on the axis that the charts use. */
public final class Histogram {
  private static final int BINS = 24;

  private Histogram() {}

  /**
   * Returns the histograms of all users and of each of the k personas. If few users of a persona
   * are in a bin, the bar is empty, and the bar of all users does not count these users.
   *
   * @param axis the linear or logarithmic axis of the feature
   * @param smallGroups decides which groups are small
   */
  public static Distribution of(
      ReportSample sample, int feature, Axis axis, int k, SmallGroups smallGroups) {
    List<Double> edges = edges(axis);
    int[][] counts = counts(sample, feature, edges, k);
    int[] all = new int[BINS];
    List<List<Double>> personas = new ArrayList<>();
    for (int[] bins : counts) {
      Arrays.setAll(bins, b -> smallGroups.isSmall(bins[b]) ? 0 : bins[b]);
      personas.add(shares(bins));
      Arrays.setAll(all, b -> all[b] + bins[b]);
    }
    return new Distribution(axis.unit() > 0, edges, shares(all), personas);
  }

  /** Returns the number of users per cluster and bin. */
  private static int[][] counts(ReportSample sample, int feature, List<Double> edges, int k) {
    double[] bounds = edges.stream().mapToDouble(Double::doubleValue).toArray();
    int[][] counts = new int[k][BINS];
    for (int i = 0; i < sample.size(); i++) {
      double value = sample.raw(feature, i);
      if (!Double.isNaN(value)) {
        counts[sample.cluster(i)][bin(bounds, value)]++;
      }
    }
    return counts;
  }

  /** Returns ascending edges that start and end at the exact ends of the axis. */
  private static List<Double> edges(Axis axis) {
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= BINS; i++) {
      double edge = i == 0 ? axis.min() : i == BINS ? axis.max() : axis.value(i / (double) BINS);
      // Six digits keep the file small. An edge that would then equal another edge is not rounded.
      double rounded = Decimals.significant(edge, 6);
      boolean isUsable = i > 0 && i < BINS && rounded > edges.get(i - 1) && rounded < axis.max();
      edges.add(isUsable ? rounded : edge);
    }
    return edges;
  }

  /** Returns the share of users per bin; an empty list if there is no user. */
  private static List<Double> shares(int[] counts) {
    int users = Arrays.stream(counts).sum();
    List<Double> shares = new ArrayList<>();
    for (int b = 0; b < BINS && users > 0; b++) {
      shares.add(Decimals.significant(counts[b] / (double) users, 5));
    }
    return shares;
  }

  /**
   * Returns the bin of a value. A bin includes its lower edge, and the last bin includes both
   * edges. A value beyond the edges is in the first or the last bin.
   */
  private static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    int bin = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(BINS - 1, bin));
  }
}
