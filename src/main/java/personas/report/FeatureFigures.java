package personas.report;

import java.util.Locale;
import personas.feature.CategoryLevel;
import personas.feature.FeatureType;
import personas.feature.Transform;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.TrainingContext.FeatureHandover;
import personas.report.data.Axis;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportInput;
import personas.report.privacy.SmallGroups;
import personas.report.privacy.ValueGrid;
import personas.report.section.FeatureLabel;
import personas.report.statistic.SampleStatistics;

/** What a report says of a feature: its words, its figures over all users, and its axes. */
final class FeatureFigures {
  /** Up to so many different values of a feature, the marks of its users lie on each other. */
  private static final int DISCRETE = 12;

  private final ReportInput input;
  private final Model model;
  private final SmallGroups small;

  FeatureFigures(ReportInput input, SmallGroups small) {
    this.input = input;
    this.model = input.model();
    this.small = small;
  }

  /** The feature at a place of the model, raw values and shares; nothing is hidden yet. */
  Feature of(int f) {
    FeatureModel feature = model.features().get(f);
    double[] sorted = input.sample().sorted(f);
    double[] inner = small.trimmed(sorted);
    double[] shown = inner.length == 0 ? inner : sorted;
    long users = model.clusters().stream().mapToLong(ClusterModel::users).sum();
    long present = model.clusters().stream().mapToLong(cluster -> cluster.present(f)).sum();
    double mean = mean(f, users, present);
    int values = differentValues(sorted);
    Axes axes = axes(inner, values, input.privacy().isOff() ? mean : 0);
    Double median = SampleStatistics.median(shown);
    boolean isSkewed = isSkewed(feature, axes, median);
    Axis own = isSkewed ? axes.log() : axes.linear();
    return new Feature(
        feature.name(),
        label(f),
        feature.transform().name().toLowerCase(Locale.ROOT),
        feature.deviation() == 0,
        users == 0 ? 0 : 1 - present / (double) users,
        mean,
        new ValueGrid(own, sorted, input.privacy().minGroup()).shown(median),
        SampleStatistics.sigma(shown),
        Math.min(1, explained(f)),
        axes.linear(),
        axes.log(),
        isSkewed,
        values <= DISCRETE,
        level(f),
        model.handoverOf(f).wordsOrNone().unit());
  }

  /** The mean of the raw values of all users that have one. */
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

  /** The share of the variance of the feature that lies between the clusters. */
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
   * @param log null if a logarithm shows nothing that the linear axis does not
   */
  private record Axes(Axis linear, Axis log) {}

  /**
   * Axes from the least to the greatest value that may be shown.
   *
   * @param otherwise the place of both axes if no value may be shown
   */
  private Axes axes(double[] inner, int values, double otherwise) {
    double low = inner.length == 0 ? otherwise : inner[0];
    double high = inner.length == 0 ? otherwise : inner[inner.length - 1];
    // A logarithm of two values shows nothing that the values do not show.
    Axis log =
        low < 0 || high <= 0 || values <= 2
            ? null
            : logarithmic(low, high, Axis.leastAboveZero(inner, high));
    return new Axes(Axis.linear(low, high), log == null || !log.hasWideRange() ? null : log);
  }

  /** The ends are the values of users, unless they are rounded. */
  private Axis logarithmic(double low, double high, double least) {
    return input.privacy().isOff()
        ? Axis.log(low, high, least)
        : Axis.log(Decimals.below(low), Decimals.above(high), least);
  }

  private String label(int f) {
    FeatureHandover handover = model.handoverOf(f);
    CategoryLevel level = handover.level();
    String column = level == null ? model.features().get(f).name() : level.column();
    String label = handover.wordsOrNone().label();
    String shown = (label == null ? FeatureLabel.of(column) : FeatureLabel.declared(label)).label();
    return level == null ? shown : shown + ": " + level.level();
  }

  /** What the users with a 1 have; null if the values are numbers. */
  private String level(int f) {
    FeatureHandover handover = model.handoverOf(f);
    if (handover.level() != null) {
      return handover.level().level();
    }
    return handover.type() == FeatureType.BOOLEAN ? "yes" : null;
  }

  private static int differentValues(double[] sorted) {
    int different = 0;
    for (int i = 0; i < sorted.length; i++) {
      different += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return different;
  }

  /** Half of the users in a tenth of the linear axis, or clustered by logarithm. */
  private static boolean isSkewed(FeatureModel feature, Axes axes, Double median) {
    return axes.log() != null
        && (feature.transform() == Transform.LOG1P
            || (median != null && axes.linear().position(median) < 0.1));
  }
}
