package personas.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import personas.report.ReportData.Distribution;

/** Shares of users per bin of one feature; the bins are even on an axis of the pictures. */
final class Histogram {
  private static final int BINS = 24;

  private final ReportSample sample;
  private final int feature;
  private final List<Double> edges;

  private Histogram(ReportSample sample, int feature, Axis axis) {
    this.sample = sample;
    this.feature = feature;
    this.edges = edges(axis);
  }

  /** The histogram of each of k personas and of all. */
  static Distribution of(ReportSample sample, int feature, Axis axis, int k) {
    Histogram histogram = new Histogram(sample, feature, axis);
    List<List<Double>> personas = new ArrayList<>();
    for (int c = 0; c < k; c++) {
      personas.add(histogram.shares(c));
    }
    return new Distribution(axis.unit() > 0, histogram.edges, histogram.shares(-1), personas);
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

  /** Of one cluster, or of all where it is -1; empty where there is no user. */
  private List<Double> shares(int cluster) {
    long[] counts = new long[BINS];
    long users = 0;
    for (int i = 0; i < sample.size(); i++) {
      if (cluster < 0 || sample.cluster(i) == cluster) {
        counts[bin(sample.raw(feature, i))]++;
        users++;
      }
    }
    List<Double> shares = new ArrayList<>();
    for (int b = 0; b < BINS && users > 0; b++) {
      shares.add(Decimals.significant(counts[b] / (double) users, 5));
    }
    return shares;
  }

  /** A bin holds its lower edge; the last one its upper edge too. */
  private int bin(double value) {
    int found = Collections.binarySearch(edges, value);
    int bin = found >= 0 ? found : -found - 2;
    return Math.max(0, Math.min(BINS - 1, bin));
  }
}
