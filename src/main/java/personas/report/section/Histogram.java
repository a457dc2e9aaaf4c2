package personas.report.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Distribution;
import personas.report.data.ReportSample;
import personas.report.privacy.SmallGroups;

/**
 * Shares of the users with a value per bin of one feature; the bins are even on an axis of the
 * pictures.
 */
public final class Histogram {
  private static final int BINS = 24;

  private Histogram() {}

  /**
   * The histogram of each of k personas and of all. A bar of few users of a persona is left out,
   * also from the bar of all.
   *
   * @param small which groups are left out
   */
  public static Distribution of(
      ReportSample sample, int feature, Axis axis, int k, SmallGroups small) {
    List<Double> edges = edges(axis);
    int[][] counts = counts(sample, feature, edges, k);
    int[] all = new int[BINS];
    List<List<Double>> personas = new ArrayList<>();
    for (int[] its : counts) {
      Arrays.setAll(its, b -> small.isSmall(its[b]) ? 0 : its[b]);
      personas.add(shares(its));
      Arrays.setAll(all, b -> all[b] + its[b]);
    }
    return new Distribution(axis.unit() > 0, edges, shares(all), personas);
  }

  /** Users per cluster and bin. */
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

  /** Ascending, with the exact ends of the axis. */
  private static List<Double> edges(Axis axis) {
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= BINS; i++) {
      double edge = i == 0 ? axis.min() : i == BINS ? axis.max() : axis.value(i / (double) BINS);
      // Six digits keep the file small; where that would make two edges fall together they stay.
      double rounded = Decimals.significant(edge, 6);
      boolean usable = i > 0 && i < BINS && rounded > edges.get(i - 1) && rounded < axis.max();
      edges.add(usable ? rounded : edge);
    }
    return edges;
  }

  /** Empty where there is no user. */
  private static List<Double> shares(int[] counts) {
    int users = Arrays.stream(counts).sum();
    List<Double> shares = new ArrayList<>();
    for (int b = 0; b < BINS && users > 0; b++) {
      shares.add(Decimals.significant(counts[b] / (double) users, 5));
    }
    return shares;
  }

  /** A bin holds its lower edge; the last one its upper edge too. */
  private static int bin(double[] edges, double value) {
    int found = Arrays.binarySearch(edges, value);
    int bin = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(BINS - 1, bin));
  }
}
