package personas.model.explain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.feature.Feature;
import personas.kmeans.Centroids;

/**
 * The contribution of each feature to the persona of a user. The contributions add up to the
 * squared distance to the second nearest centroid minus the squared distance to the nearest
 * centroid. A category counts as one feature. Contributions are rounded to hundredths that add up
 * exactly to the rounded difference: each contribution is rounded down, and the contributions with
 * the largest remainders get one hundredth more (largest remainder method, A. Hamilton, 1792). An
 * instance is not thread-safe, because it owns its buffers.
 */
final class Contributions {
  /**
   * The maximum number of parts of a text. If there are more features, the last part is the sum of
   * the features that the text does not name.
   */
  private static final int MAX_PARTS = 4;

  private final Centroids centroids;
  private final int[] featureOfColumn;
  private final List<String> labels = new ArrayList<>();
  private final double[] values;
  private final long[] hundredths;
  private long total;

  Contributions(List<Feature> columns, Centroids centroids) {
    this.centroids = centroids;
    this.featureOfColumn = new int[columns.size()];
    List<String> names = new ArrayList<>();
    for (int f = 0; f < columns.size(); f++) {
      Feature feature = columns.get(f);
      if (!names.contains(feature.column())) {
        names.add(feature.column());
        labels.add(feature.words().labelOr(feature.column()));
      }
      featureOfColumn[f] = names.indexOf(feature.column());
    }
    this.values = new double[names.size()];
    this.hundredths = new long[names.size()];
  }

  /**
   * Computes the contributions of a user.
   *
   * @param zScores d standardized values of the user
   * @param nearest the index of the nearest cluster
   * @param second the index of the second nearest cluster
   */
  void compute(double[] zScores, int nearest, int second) {
    Arrays.fill(values, 0);
    for (int f = 0; f < zScores.length; f++) {
      double toNearest = zScores[f] - centroids.at(nearest, f);
      double toSecond = zScores[f] - centroids.at(second, f);
      values[featureOfColumn[f]] += (toSecond - toNearest) * (toSecond + toNearest);
    }
    double remainders = 0;
    total = 0;
    for (int i = 0; i < values.length; i++) {
      double scaled = 100 * values[i];
      double below = Math.floor(scaled);
      hundredths[i] = (long) below;
      total += hundredths[i];
      values[i] = scaled - below;
      remainders += values[i];
    }
    long missingHundredths = (long) Math.rint(remainders);
    total += missingHundredths;
    for (; missingHundredths > 0; missingHundredths--) {
      int largest = 0;
      for (int i = 1; i < values.length; i++) {
        largest = values[i] > values[largest] ? i : largest;
      }
      hundredths[largest]++;
      values[largest] = -1;
    }
  }

  /** Returns the contributions in hundredths, one per feature, in the order of the features. */
  long[] hundredths() {
    return hundredths.clone();
  }

  /** Returns the sum of all contributions, in hundredths. */
  long total() {
    return total;
  }

  /**
   * Returns the contributions as text, the largest first: {@code visits: 9.12 of 11.40; spend:
   * 2.28}.
   */
  String text() {
    int features = hundredths.length;
    int namedCount = features <= MAX_PARTS ? features : MAX_PARTS - 1;
    boolean[] isNamed = new boolean[features];
    StringBuilder text = new StringBuilder();
    long rest = total;
    for (int rank = 0; rank < namedCount; rank++) {
      int largest = -1;
      for (int i = 0; i < features; i++) {
        if (!isNamed[i] && (largest < 0 || hundredths[i] > hundredths[largest])) {
          largest = i;
        }
      }
      isNamed[largest] = true;
      rest -= hundredths[largest];
      text.append(rank == 0 ? "" : "; ").append(labels.get(largest)).append(": ");
      append(hundredths[largest], text);
      if (rank == 0) {
        append(total, text.append(" of "));
      }
    }
    if (namedCount < features) {
      append(rest, text.append("; ").append(features - namedCount).append(" others: "));
    }
    return text.toString();
  }

  private static void append(long amount, StringBuilder text) {
    long size = Math.abs(amount);
    text.append(amount < 0 ? "-" : "").append(size / 100).append('.');
    text.append((char) ('0' + size / 10 % 10)).append((char) ('0' + size % 10));
  }
}
