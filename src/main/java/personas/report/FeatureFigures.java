package personas.report;

import java.util.Locale;
import personas.feature.CategoryLevel;
import personas.feature.FeatureType;
import personas.feature.Transform;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.TrainingContext.FeatureContext;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportInput;
import personas.report.privacy.SmallGroups;
import personas.report.privacy.ValueGrid;
import personas.report.section.FeatureLabel;
import personas.report.statistic.SampleStatistics;

/** Computes what a report shows about a feature: the label, the figures of all users, the axes. */
final class FeatureFigures {
  /**
   * A feature with at most this number of distinct values is discrete: marks overlap in pictures.
   */
  private static final int MAX_DISCRETE_VALUES = 12;

  private final ReportInput input;
  private final Model model;
  private final SmallGroups smallGroups;

  FeatureFigures(ReportInput input, SmallGroups smallGroups) {
    this.input = input;
    this.model = input.model();
    this.smallGroups = smallGroups;
  }

  /**
   * Returns the feature at an index of the model. The median and the axes do not show the value of
   * a single user; {@code ReportMask} hides other figures of few users later.
   */
  Feature of(int f) {
    FeatureModel feature = model.features().get(f);
    double[] sorted = input.sample().sorted(f);
    double[] shownValues = smallGroups.trimmed(sorted);
    // Without enough values to show, the median and the standard deviation are hidden, too.
    double[] countedValues = shownValues.length == 0 ? shownValues : sorted;
    long users = model.clusters().stream().mapToLong(ClusterModel::users).sum();
    long present = model.clusters().stream().mapToLong(cluster -> cluster.present(f)).sum();
    double mean = mean(f, users, present);
    int distinctValues = distinctValues(sorted);
    Axes axes = axes(shownValues, distinctValues, input.privacy().isOff() ? mean : 0);
    Double median = SampleStatistics.median(countedValues);
    boolean isSkewed = isSkewed(feature, axes, median);
    Axis firstAxis = isSkewed ? axes.log() : axes.linear();
    return new Feature(
        feature.name(),
        label(f),
        feature.transform().name().toLowerCase(Locale.ROOT),
        feature.deviation() == 0,
        users == 0 ? 0 : 1 - present / (double) users,
        mean,
        new ValueGrid(firstAxis, sorted, input.privacy().minGroup()).valueToShow(median),
        SampleStatistics.sigma(countedValues),
        Math.min(1, explained(f)),
        axes.linear(),
        axes.log(),
        isSkewed,
        distinctValues <= MAX_DISCRETE_VALUES,
        level(f),
        model.featureContext(f).wordsOrNone().unit());
  }

  /** Returns the mean raw value of all users with a value; 0 if no user has a value. */
  private double mean(int f, long users, long present) {
    double mean = 0;
    for (ClusterModel cluster : model.clusters()) {
      if (cluster.users() > 0) {
        double share =
            present == users ? cluster.share() : cluster.present(f) / (double) Math.max(1, present);
        mean += share * cluster.rawMean().get(f);
        mean = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, mean));
      }
    }
    return mean;
  }

  /**
   * Returns the share of the variance of the feature that lies between the clusters. Rounding may
   * give slightly more than 1.
   */
  private double explained(int f) {
    FeatureModel feature = model.features().get(f);
    double explained = 0;
    for (ClusterModel cluster : model.clusters()) {
      if (cluster.users() > 0) {
        double z = feature.inDeviations(cluster.centroid().get(f));
        explained += cluster.share() * z * z;
      }
    }
    return explained;
  }

  /**
   * The axes of a feature.
   *
   * @param log null if a logarithmic axis would not show more than the linear axis
   */
  private record Axes(Axis linear, Axis log) {}

  /**
   * Returns axes from the least to the greatest value that may be shown.
   *
   * @param shownValues the values that may be shown, ascending
   * @param distinctValues the number of distinct values of the feature
   * @param fallback the only value of the axes if no value may be shown
   */
  private Axes axes(double[] shownValues, int distinctValues, double fallback) {
    double low = shownValues.length == 0 ? fallback : shownValues[0];
    double high = shownValues.length == 0 ? fallback : shownValues[shownValues.length - 1];
    // A logarithmic axis of two values shows no more than a linear one.
    Axis log =
        low < 0 || high <= 0 || distinctValues <= 2
            ? null
            : logarithmic(low, high, Axis.leastAboveZero(shownValues, high));
    return new Axes(Axis.linear(low, high), log == null || !log.hasDistinctEnds() ? null : log);
  }

  /** Returns a logarithmic axis. Its ends are rounded, because they would be values of users. */
  private Axis logarithmic(double low, double high, double least) {
    return input.privacy().isOff()
        ? Axis.log(low, high, least)
        : Axis.log(Decimals.below(low), Decimals.above(high), least);
  }

  private String label(int f) {
    FeatureContext context = model.featureContext(f);
    CategoryLevel level = context.level();
    String column = level == null ? model.features().get(f).name() : level.column();
    String label = context.wordsOrNone().label();
    String columnLabel =
        (label == null ? FeatureLabel.of(column) : FeatureLabel.declared(label)).label();
    return level == null ? columnLabel : columnLabel + ": " + level.level();
  }

  /**
   * Returns the level that the value 1 stands for, or {@code yes} for a boolean; null for numbers.
   */
  private String level(int f) {
    FeatureContext context = model.featureContext(f);
    if (context.level() != null) {
      return context.level().level();
    }
    return context.type() == FeatureType.BOOLEAN ? "yes" : null;
  }

  private static int distinctValues(double[] sorted) {
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  /**
   * Returns whether the logarithmic axis comes first: the feature is clustered by its logarithm, or
   * half of the users lie in the first tenth of the linear axis.
   */
  private static boolean isSkewed(FeatureModel feature, Axes axes, Double median) {
    return axes.log() != null
        && (feature.transform() == Transform.LOG1P
            || (median != null && axes.linear().position(median) < 0.1));
  }
}
