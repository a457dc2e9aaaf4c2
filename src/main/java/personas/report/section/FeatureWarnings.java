package personas.report.section;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import personas.math.Correlation;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Warning;
import personas.report.data.ReportSample;
import personas.report.statistic.FarValue;
import personas.report.statistic.SampleStatistics;
import personas.spec.Privacy;
import personas.text.IdNames;

/**
 * Warnings of features that harm a segmentation: an id, a near-constant, a value far outside, two
 * features that say the same, and a feature that no segment differs in. All figures come from the
 * sample, but for the explained variance, which is exact.
 */
public final class FeatureWarnings {
  /** In fewer users, most figures are chance. */
  private static final int LEAST_USERS = 50;

  /** The share of different values from which on a column named like an id is one. */
  private static final double ALMOST_ALL_DIFFERENT = 0.99;

  /** The share of the users with one value from which on a feature is near-constant. */
  private static final double NEAR_CONSTANT = 0.99;

  private static final double CORRELATED = 0.9;

  /** Users whose values are correlated; the error of a coefficient of 0.9 is then 0.003. */
  private static final int CORRELATED_USERS = 4_000;

  /** The share of the variance between the segments below which a feature has no influence. */
  private static final double NO_INFLUENCE = 0.02;

  /** In the sample of a feature whose scale users outside of the sample set. */
  private static final double SMALL_DEVIATION = 0.1;

  private final ReportSample sample;
  private final List<Feature> features;
  private final int segments;
  private final Privacy privacy;
  private final List<Warning> warnings = new ArrayList<>();

  private FeatureWarnings(
      ReportSample sample, List<Feature> features, int segments, Privacy privacy) {
    this.privacy = privacy;
    this.sample = sample;
    this.features = features;
    this.segments = segments;
  }

  /**
   * The warnings, in the order of the features.
   *
   * @param features d of them
   * @param segments k
   * @param privacy if it is on, no warning has a value of few users
   */
  public static List<Warning> of(
      ReportSample sample, List<Feature> features, int segments, Privacy privacy) {
    FeatureWarnings found = new FeatureWarnings(sample, features, segments, privacy);
    double[][] standardized =
        IntStream.range(0, features.size()).mapToObj(found::standardized).toArray(double[][]::new);
    for (int f = 0; f < features.size(); f++) {
      if (!features.get(f).constant() && !isLevel(features.get(f))) {
        found.warnOf(f);
        found.warnOfCorrelation(f, standardized);
      }
    }
    return List.copyOf(found.warnings);
  }

  /** The levels of a category depend on each other, and a rare one is nearly constant. */
  private static boolean isLevel(Feature feature) {
    return feature.level() != null && feature.name().endsWith("=" + feature.level());
  }

  private void warnOf(int f) {
    double[] sorted = sample.sorted(f);
    if (sorted.length < LEAST_USERS) {
      return;
    }
    if (warnOfId(f, sorted) || warnOfFarValues(f) || warnOfNearConstant(f, sorted)) {
      return;
    }
    Feature feature = features.get(f);
    if (segments > 1 && feature.explained() < NO_INFLUENCE) {
      add(
          "no_influence",
          "The segments hardly differ in %s: they explain %.1f%% of its variance. Remove it from"
              + " features, or list it under describe.",
          feature.name(),
          100 * feature.explained());
    }
  }

  private boolean warnOfId(int f, double[] sorted) {
    String name = features.get(f).name();
    long different = IntStream.range(0, sorted.length).filter(i -> isFirst(sorted, i)).count();
    boolean isId =
        IdNames.isNamedLikeId(name)
            && different >= ALMOST_ALL_DIFFERENT * sorted.length
            && IntStream.range(0, sorted.length).allMatch(i -> Math.rint(sorted[i]) == sorted[i]);
    if (isId) {
      add(
          "id_as_feature",
          "%s is named like an id, and %,d of %,d %s have different whole numbers in it%s. Remove it"
              + " from features.",
          name,
          different,
          sorted.length,
          users(),
          privacy.isOff() ? ", such as " + text(sorted[sorted.length / 2]) : "");
    }
    return isId;
  }

  private static boolean isFirst(double[] sorted, int i) {
    return i == 0 || sorted[i] != sorted[i - 1];
  }

  private boolean warnOfFarValues(int f) {
    List<FarValue> far = FarValue.of(sample, f);
    for (FarValue each : far) {
      if (!privacy.isOff()) {
        addWithoutValues(f, each);
        continue;
      }
      add(
          "far_value",
          "%s is %s for %,d of %,d %s, far outside the other values (%s to %s), and so stretches"
              + " the scale. If it means no value, list it in input.missing, else set min or max.",
          features.get(f).name(),
          text(each.value()),
          each.users(),
          sample.size(),
          users(),
          text(each.least()),
          text(each.greatest()));
    }
    return !far.isEmpty() || warnOfScale(f);
  }

  /** The range of the other values ends with the values of two users. */
  private void addWithoutValues(int f, FarValue far) {
    boolean isShared = far.users() >= privacy.minGroup();
    add(
        "far_value",
        "%s is %s for %s of %,d %s, far outside the other values, and so stretches the scale. If it"
            + " means no value, list it in input.missing, else set min or max.",
        features.get(f).name(),
        isShared ? text(far.value()) : "extreme",
        isShared ? String.format(Locale.ROOT, "%,d", far.users()) : "a few",
        sample.size(),
        users());
  }

  private boolean warnOfScale(int f) {
    double deviation =
        SampleStatistics.sigma(
            IntStream.range(0, sample.size()).mapToDouble(i -> sample.z(f, i)).toArray());
    boolean isStretched = !sample.isWhole() && deviation < SMALL_DEVIATION;
    if (isStretched) {
      double[] sorted = sample.sorted(f);
      add(
          "far_value",
          "A few users outside the sample stretch the scale of %s: without them, the standard"
              + " deviation would be %.1f%% of what it is.%s Set min or max.",
          features.get(f).name(),
          100 * deviation,
          privacy.isOff()
              ? " The sample holds "
                  + text(sorted[0])
                  + " to "
                  + text(sorted[sorted.length - 1])
                  + "."
              : "");
    }
    return isStretched;
  }

  private boolean warnOfNearConstant(int f, double[] sorted) {
    int longest = 0;
    double commonest = 0;
    for (int from = 0, to; from < sorted.length; from = to) {
      for (to = from; to < sorted.length && sorted[to] == sorted[from]; to++) {}
      if (to - from > longest) {
        longest = to - from;
        commonest = sorted[from];
      }
    }
    boolean isNearConstant = longest >= NEAR_CONSTANT * sorted.length;
    if (isNearConstant) {
      add(
          "near_constant",
          "%s is %s for %,d of %,d %s, so it is nearly constant. Remove it from features, or list"
              + " it under describe.",
          features.get(f).name(),
          text(commonest),
          longest,
          sorted.length,
          users());
    }
    return isNearConstant;
  }

  /** A warning for the feature before it that is most correlated with it. */
  private void warnOfCorrelation(int f, double[][] standardized) {
    int strongest = -1;
    double coefficient = 0;
    for (int other = 0; other < f; other++) {
      if (isLevel(features.get(other))) {
        continue;
      }
      double pearson = Correlation.pearson(standardized[f], standardized[other]);
      // One extreme user can make Pearson's coefficient large, but not the coefficient of the
      // ranks.
      if (Math.abs(pearson) > Math.max(CORRELATED, Math.abs(coefficient))
          && Math.abs(Correlation.spearman(standardized[f], standardized[other])) > CORRELATED) {
        strongest = other;
        coefficient = pearson;
      }
    }
    if (strongest >= 0 && standardized[f].length >= LEAST_USERS) {
      add(
          "correlated_features",
          "%s and %s say nearly the same (correlation %.3f), so it counts twice. Remove one of them"
              + " from features.",
          features.get(strongest).name(),
          features.get(f).name(),
          coefficient);
    }
  }

  /** Standardized values of the first users of the sample; NaN where a value is missing. */
  private double[] standardized(int f) {
    return IntStream.range(0, Math.min(CORRELATED_USERS, sample.size()))
        .mapToDouble(i -> Double.isNaN(sample.raw(f, i)) ? Double.NaN : sample.z(f, i))
        .toArray();
  }

  private String users() {
    return sample.isWhole() ? "users" : "sampled users";
  }

  /** A raw value as people write it. */
  private static String text(double value) {
    double rounded = Decimals.significant(value, 6);
    return Math.abs(rounded) < 1e15 && (rounded == 0 || Math.abs(rounded) >= 1e-5)
        ? Decimals.of(rounded).stripTrailingZeros().toPlainString()
        : Decimals.of(rounded).stripTrailingZeros().toString().replace("E+", "e").replace('E', 'e');
  }

  @FormatMethod
  private void add(String kind, @FormatString String format, Object... arguments) {
    warnings.add(new Warning(kind, String.format(Locale.ROOT, format, arguments)));
  }
}
