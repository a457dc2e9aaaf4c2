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
   * If one mean is hidden, the other means are rounded to this number of digits, so that the hidden
   * mean cannot be computed from them.
   */
  private static final int DIGITS = 4;

  private final Model model;
  private final SmallGroups small;
  private final boolean[][] means;
  private final boolean[] allMeans;
  private final boolean[][] missing;
  private final boolean[] allMissing;

  /** Decides which figures of a model are hidden. */
  public HiddenFigures(Model model, Privacy privacy) {
    this.model = model;
    this.small = new SmallGroups(privacy.minGroup());
    int k = model.clusters().size();
    int d = model.features().size();
    this.means = new boolean[d][k];
    this.allMeans = new boolean[d];
    this.missing = new boolean[d][k];
    this.allMissing = new boolean[d];
    for (int f = 0; f < d && !privacy.isOff(); f++) {
      hide(f);
    }
  }

  private void hide(int f) {
    long[] present = counts(f, ClusterModel::present);
    long[] absent = counts(f, (cluster, g) -> cluster.users() - cluster.present(g));
    missing[f] = small.hidden(absent);
    allMissing[f] = small.isSmall(LongStream.of(absent).sum());
    Arrays.setAll(present, j -> Math.max(0, present[j]));
    for (int j = 0; j < present.length; j++) {
      means[f][j] = small.isSmall(present[j]) || isHidden(j);
    }
    allMeans[f] = small.isSmall(LongStream.of(present).sum());
    if (isShare(f)) {
      hideShares(f, present);
    }
  }

  /** Hides shares by both counts that they reveal: users with the value and users without it. */
  private void hideShares(int f, long[] present) {
    long[] having = counts(f, HiddenFigures::having);
    long[] lacking = new long[having.length];
    Arrays.setAll(lacking, j -> present[j] - having[j]);
    boolean[] hidesHaving = small.hidden(having);
    boolean[] hidesLacking = small.hidden(lacking);
    allMeans[f] |=
        small.isSmall(LongStream.of(having).sum()) || small.isSmall(LongStream.of(lacking).sum());
    for (int j = 0; j < hidesHaving.length; j++) {
      means[f][j] |= hidesHaving[j] || hidesLacking[j] || allMeans[f];
    }
    // The share of a hidden persona would follow from the other shares and the share of all users.
    allMeans[f] |= IntStream.range(0, hidesHaving.length).anyMatch(this::isHidden);
  }

  private interface Count {
    long of(ClusterModel cluster, int feature);
  }

  private long[] counts(int f, Count count) {
    return model.clusters().stream().mapToLong(cluster -> count.of(cluster, f)).toArray();
  }

  private static long having(ClusterModel cluster, int f) {
    return Math.round(cluster.rawMean().get(f) * cluster.present(f));
  }

  /** Returns whether the values of a feature are 0 and 1. */
  private boolean isShare(int f) {
    return model.featureContext(f).level() != null
        || model.featureContext(f).type() == FeatureType.BOOLEAN;
  }

  /** Returns whether a persona has too few users to be shown. */
  public boolean isHidden(int persona) {
    return small.isSmall(model.clusters().get(persona).users());
  }

  /** Returns whether the mean or the share of a persona is hidden. */
  public boolean hidesMean(int persona, int feature) {
    return means[feature][persona];
  }

  /** Returns whether the mean or the share of all users is hidden. */
  public boolean hidesMean(int feature) {
    return allMeans[feature];
  }

  /** Returns whether the share of a persona's users without a value is hidden. */
  boolean hidesMissing(int persona, int feature) {
    return missing[feature][persona] || isHidden(persona);
  }

  /** Returns whether the share of all users without a value is hidden. */
  boolean hidesMissing(int feature) {
    return allMissing[feature];
  }

  /** Returns a mean as the report shows it: rounded if another mean of the feature is hidden. */
  double rounded(int feature, double mean) {
    return SmallGroups.any(means[feature]) ? Decimals.significant(mean, DIGITS) : mean;
  }
}
