package personas.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.confidence.Spread;
import personas.confidence.UserBootstrap;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Intervals;
import personas.report.data.ReportSample;
import personas.report.statistic.SampleStatistics;

/**
 * Computes the confidence intervals of the personas. Counts and means come from all users, and the
 * standard deviations of numbers from the sample.
 */
final class PersonaIntervals {
  private final Model model;
  private final ReportSample sample;
  private final List<Feature> features;

  PersonaIntervals(Model model, ReportSample sample, List<Feature> features) {
    this.model = model;
    this.sample = sample;
    this.features = features;
  }

  /** Returns the intervals of a persona. {@code persona} is the index in the model. */
  Intervals of(int persona) {
    long users = model.clusters().stream().mapToLong(ClusterModel::users).sum();
    return new Intervals(
        UserBootstrap.share(users, model.clusters().get(persona).users()),
        stability(persona),
        IntStream.range(0, features.size()).mapToObj(f -> difference(f, persona)).toList());
  }

  private Interval stability(int persona) {
    KSelection selection = model.kSelection();
    return selection == null || selection.clusterStabilityInterval() == null
        ? null
        : selection.clusterStabilityInterval().get(persona);
  }

  /**
   * Returns the interval of the persona's raw mean minus the mean of all users; null for a constant
   * feature or too few users.
   */
  private Interval difference(int f, int persona) {
    if (features.get(f).constant()) {
      return null;
    }
    List<ClusterModel> otherClusters = new ArrayList<>(model.clusters());
    ClusterModel own = otherClusters.remove(persona);
    return features.get(f).level() == null
        ? UserBootstrap.meanDifference(
            spread(f, List.of(own), sample.rawOf(f, persona)),
            spread(f, otherClusters, valuesOfOthers(f, persona)))
        : UserBootstrap.shareDifference(share(f, List.of(own)), share(f, otherClusters));
  }

  private double[] valuesOfOthers(int f, int persona) {
    return IntStream.range(0, sample.size())
        .filter(i -> sample.cluster(i) != persona)
        .mapToDouble(i -> sample.raw(f, i))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /**
   * Returns the users, the mean and the standard deviation of the clusters; {@link Spread#NONE} if
   * the sample holds too few of the users.
   */
  private static Spread spread(int f, List<ClusterModel> clusters, double[] sampled) {
    long users = present(f, clusters);
    if (sampled.length < UserBootstrap.MIN_USERS || users == 0) {
      return Spread.NONE;
    }
    double mean = 0;
    for (ClusterModel cluster : clusters) {
      mean += cluster.present(f) / (double) users * cluster.rawMean().get(f);
    }
    return new Spread(users, mean, SampleStatistics.sigma(sampled));
  }

  private static Spread share(int f, List<ClusterModel> clusters) {
    long usersWithLevel = 0;
    for (ClusterModel cluster : clusters) {
      usersWithLevel += Math.round(cluster.present(f) * cluster.rawMean().get(f));
    }
    long users = present(f, clusters);
    return Spread.ofShare(users, Math.min(users, usersWithLevel));
  }

  private static long present(int f, List<ClusterModel> clusters) {
    return clusters.stream().mapToLong(cluster -> cluster.present(f)).sum();
  }
}
