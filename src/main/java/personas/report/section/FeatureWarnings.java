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
 * Warnings of features that harm a segmentation: ids, nearly constant features, far values,
 * correlated features, and features without influence. The explained variance is exact, and all
 * other figures come from the sample.
 */
public final class FeatureWarnings {
  /**
   * The minimum number of sampled users with a value. With fewer users, most figures are chance.
   */
  private static final int MIN_USERS = 50;

  /** The minimum share of different values of a column that is an id. */
  private static final double MIN_DIFFERENT_SHARE_OF_ID = 0.99;

  /** The minimum share of users with one value that makes a feature nearly constant. */
  private static final double MIN_SHARE_OF_NEAR_CONSTANT = 0.99;

  /** Two features are correlated if both coefficients are above this limit in magnitude. */
  private static final double MIN_CORRELATION = 0.9;

  /**
   * The maximum number of users for a correlation. The standard error of a correlation of 0.9 is
   * then 0.003.
   */
  private static final int CORRELATED_USERS = 4_000;

  /** A feature with a smaller share of variance between the personas has no influence. */
  private static final double MIN_EXPLAINED_SHARE = 0.02;

  /**
   * If the standard deviation of the z-scores in the sample is smaller, there are extreme users
   * outside the sample.
   */
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
   * Returns the warnings, in the order of the features.
   *
   * @param sample a sample of the users
   * @param features the d features
   * @param segments number of personas
   * @param privacy hides values of few users in the warnings
   */
  public static List<Warning> of(
      ReportSample sample, List<Feature> features, int segments, Privacy privacy) {
    FeatureWarnings collector = new FeatureWarnings(sample, features, segments, privacy);
    double[][] standardized =
        IntStream.range(0, features.size())
            .mapToObj(collector::standardized)
            .toArray(double[][]::new);
    for (int f = 0; f < features.size(); f++) {
      if (!features.get(f).constant() && !isLevel(features.get(f))) {
        collector.warnOf(f);
        collector.warnOfCorrelation(f, standardized);
      }
    }
    return List.copyOf(collector.warnings);
  }

  /**
   * Returns whether a feature is a level of a category. Levels are skipped, because the levels of a
   * category are correlated, and rare levels vary little.
   */
  private static boolean isLevel(Feature feature) {
    return feature.level() != null && feature.name().endsWith("=" + feature.level());
  }

  private void warnOf(int f) {
    double[] sorted = sample.sorted(f);
    if (sorted.length < MIN_USERS) {
      return;
    }
    if (warnOfId(f, sorted) || warnOfFarValues(f) || warnOfNearConstant(f, sorted)) {
      return;
    }
    Feature feature = features.get(f);
    if (segments > 1 && feature.explained() < MIN_EXPLAINED_SHARE) {
      add(
          "no_influence",
          "The segments hardly differ in %s: they explain %.1f%% of the variance. Remove %1$s from"
              + " features, or list it under describe.",
          feature.name(),
          100 * feature.explained());
    }
  }

  private boolean warnOfId(int f, double[] sorted) {
    String name = features.get(f).name();
    long different =
        IntStream.range(0, sorted.length).filter(i -> differsFromPrevious(sorted, i)).count();
    boolean isId =
        IdNames.isNamedLikeId(name)
            && different >= MIN_DIFFERENT_SHARE_OF_ID * sorted.length
            && IntStream.range(0, sorted.length).allMatch(i -> Math.rint(sorted[i]) == sorted[i]);
    if (isId) {
      add(
          "id_as_feature",
          "%s looks like an id: the name is typical of ids, and the values of %,d of %,d %s are"
              + " different whole numbers%s. Remove it from features.",
          name,
          different,
          sorted.length,
          users(),
          privacy.isOff() ? ", such as " + text(sorted[sorted.length / 2]) : "");
    }
    return isId;
  }

  private static boolean differsFromPrevious(double[] sorted, int i) {
    return i == 0 || sorted[i] != sorted[i - 1];
  }

  private boolean warnOfFarValues(int f) {
    List<FarValue> far = FarValue.of(sample, f);
    for (FarValue farValue : far) {
      if (!privacy.isOff()) {
        addWithoutValues(f, farValue);
        continue;
      }
      add(
          "far_value",
          "%s is %s for %,d of %,d %s, far outside the other values (%s to %s). The value stretches"
              + " the scale. If it stands for a missing value, list it in input.missing. Otherwise, set"
              + " min or max.",
          features.get(f).name(),
          text(farValue.value()),
          farValue.users(),
          sample.size(),
          users(),
          text(farValue.least()),
          text(farValue.greatest()));
    }
    return !far.isEmpty() || warnOfScale(f);
  }

  /**
   * Adds the warning without the range of the other values, because the ends of the range are the
   * values of two users.
   */
  private void addWithoutValues(int f, FarValue far) {
    boolean isShared = far.users() >= privacy.minGroup();
    add(
        "far_value",
        "%s is %s for %s of %,d %s, far outside the other values. The value stretches the scale. If"
            + " it stands for a missing value, list it in input.missing. Otherwise, set min or max.",
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
          "A few extreme users outside the sample stretch the scale of %s: the standard deviation of"
              + " the sample is only %.1f%% of the standard deviation of all users.%s Set min or max.",
          features.get(f).name(),
          100 * deviation,
          privacy.isOff()
              ? " Values in the sample range from "
                  + text(sorted[0])
                  + " to "
                  + text(sorted[sorted.length - 1])
                  + "."
              : "");
    }
    return isStretched;
  }

  private boolean warnOfNearConstant(int f, double[] sorted) {
    int mostUsers = 0;
    double mostCommonValue = 0;
    for (int from = 0, to; from < sorted.length; from = to) {
      for (to = from; to < sorted.length && sorted[to] == sorted[from]; to++) {}
      if (to - from > mostUsers) {
        mostUsers = to - from;
        mostCommonValue = sorted[from];
      }
    }
    boolean isNearConstant = mostUsers >= MIN_SHARE_OF_NEAR_CONSTANT * sorted.length;
    if (isNearConstant) {
      add(
          "near_constant",
          "%s is nearly constant: the value is %s for %,d of %,d %s. Remove it from features, or list"
              + " it under describe.",
          features.get(f).name(),
          text(mostCommonValue),
          mostUsers,
          sorted.length,
          users());
    }
    return isNearConstant;
  }

  /** Warns of the feature before {@code f} that is most correlated with {@code f}. */
  private void warnOfCorrelation(int f, double[][] standardized) {
    int mostCorrelated = -1;
    double coefficient = 0;
    for (int other = 0; other < f; other++) {
      if (isLevel(features.get(other))) {
        continue;
      }
      double pearson = Correlation.pearson(standardized[f], standardized[other]);
      // One extreme user can make Pearson's coefficient large, but not the rank correlation.
      if (Math.abs(pearson) > Math.max(MIN_CORRELATION, Math.abs(coefficient))
          && Math.abs(Correlation.spearman(standardized[f], standardized[other]))
              > MIN_CORRELATION) {
        mostCorrelated = other;
        coefficient = pearson;
      }
    }
    if (mostCorrelated >= 0 && standardized[f].length >= MIN_USERS) {
      add(
          "correlated_features",
          "%s and %s carry nearly the same information (correlation %.3f), which therefore counts"
              + " twice. Remove one of them from features.",
          features.get(mostCorrelated).name(),
          features.get(f).name(),
          coefficient);
    }
  }

  /** Returns standardized values of the first users of the sample; NaN for a missing value. */
  private double[] standardized(int f) {
    return IntStream.range(0, Math.min(CORRELATED_USERS, sample.size()))
        .mapToDouble(i -> Double.isNaN(sample.raw(f, i)) ? Double.NaN : sample.z(f, i))
        .toArray();
  }

  private String users() {
    return sample.isWhole() ? "users" : "sampled users";
  }

  /** Returns a raw value as people write it. */
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
