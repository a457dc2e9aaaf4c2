package personas.report.privacy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import personas.feature.FeatureType;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.report.data.Decimals;
import personas.spec.Privacy;

/**
 * The figures of features that a report hides because they concern fewer users than {@code
 * privacy.minGroup}.
 */
public final class HiddenFigures {
  /**
   * If one mean is hidden, the other means are rounded to this number of significant digits, so
   * that the hidden mean cannot be computed from them.
   */
  private static final int SIGNIFICANT_DIGITS = 4;

  private final Model model;
  private final SmallGroups smallGroups;

  /** For each feature and persona, whether the mean or the share is hidden. */
  private final boolean[][] hiddenMeans;

  /** For each feature, whether the mean or the share of all users is hidden. */
  private final boolean[] hiddenOverallMeans;

  /** For each feature and persona, whether the share of missing values is hidden. */
  private final boolean[][] hiddenMissing;

  /** For each feature, whether the share of missing values of all users is hidden. */
  private final boolean[] hiddenOverallMissing;

  /** Decides which figures of a model are hidden. */
  public HiddenFigures(Model model, Privacy privacy) {
    this.model = model;
    this.smallGroups = new SmallGroups(privacy.minGroup());
    int k = model.clusters().size();
    int d = model.features().size();
    this.hiddenMeans = new boolean[d][k];
    this.hiddenOverallMeans = new boolean[d];
    this.hiddenMissing = new boolean[d][k];
    this.hiddenOverallMissing = new boolean[d];
    for (int f = 0; f < d && !privacy.isOff(); f++) {
      hide(f);
    }
  }

  private void hide(int f) {
    long[] present = counts(f, ClusterModel::present);
    long[] withoutValue = counts(f, (cluster, g) -> cluster.users() - cluster.present(g));
    hiddenMissing[f] = smallGroups.hidden(withoutValue);
    hiddenOverallMissing[f] = smallGroups.isSmall(LongStream.of(withoutValue).sum());
    Arrays.setAll(present, j -> Math.max(0, present[j]));
    for (int j = 0; j < present.length; j++) {
      hiddenMeans[f][j] = smallGroups.isSmall(present[j]) || isHidden(j);
    }
    hiddenOverallMeans[f] = smallGroups.isSmall(LongStream.of(present).sum());
    if (isShare(f)) {
      hideShares(f, present);
    }
  }

  /**
   * Hides the shares of a feature of zeros and ones. A share reveals two counts: the users with the
   * value 1 and the users with the value 0.
   */
  private void hideShares(int f, long[] present) {
    long[] ones = counts(f, HiddenFigures::ones);
    long[] zeros = new long[ones.length];
    Arrays.setAll(zeros, j -> present[j] - ones[j]);
    boolean[] hidesOnes = smallGroups.hidden(ones);
    boolean[] hidesZeros = smallGroups.hidden(zeros);
    hiddenOverallMeans[f] |=
        smallGroups.isSmall(LongStream.of(ones).sum())
            || smallGroups.isSmall(LongStream.of(zeros).sum());
    for (int j = 0; j < hidesOnes.length; j++) {
      hiddenMeans[f][j] |= hidesOnes[j] || hidesZeros[j] || hiddenOverallMeans[f];
    }
    // The share of a hidden persona would follow from the other shares and the share of all users.
    hiddenOverallMeans[f] |= IntStream.range(0, hidesOnes.length).anyMatch(this::isHidden);
  }

  private interface UserCount {
    long of(ClusterModel cluster, int feature);
  }

  private long[] counts(int f, UserCount count) {
    return model.clusters().stream().mapToLong(cluster -> count.of(cluster, f)).toArray();
  }

  private static long ones(ClusterModel cluster, int f) {
    return Math.round(cluster.rawMean().get(f) * cluster.present(f));
  }

  /** Returns whether the values of a feature are 0 and 1. */
  private boolean isShare(int f) {
    return model.featureContext(f).level() != null
        || model.featureContext(f).type() == FeatureType.BOOLEAN;
  }

  /** Returns whether a persona has too few users to be shown. */
  public boolean isHidden(int persona) {
    return smallGroups.isSmall(model.clusters().get(persona).users());
  }

  /** Returns whether the mean of a persona is hidden. The mean of zeros and ones is a share. */
  public boolean hidesMean(int persona, int feature) {
    return hiddenMeans[feature][persona];
  }

  /** Returns whether the mean of all users is hidden. The mean of zeros and ones is a share. */
  public boolean hidesMean(int feature) {
    return hiddenOverallMeans[feature];
  }

  /** Returns whether the share of a persona's users without a value is hidden. */
  boolean hidesMissing(int persona, int feature) {
    return hiddenMissing[feature][persona] || isHidden(persona);
  }

  /** Returns whether the share of all users without a value is hidden. */
  boolean hidesMissing(int feature) {
    return hiddenOverallMissing[feature];
  }

  /** Returns a mean as the report shows it: rounded if another mean of the feature is hidden. */
  double rounded(int feature, double mean) {
    return SmallGroups.any(hiddenMeans[feature])
        ? Decimals.significant(mean, SIGNIFICANT_DIGITS)
        : mean;
  }
}
