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
 * How sure the figures of the personas are. Counts and means are those of all users; the standard
 * deviations of numbers come from the sample.
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

  /** The intervals of the persona at a place among the clusters. */
  Intervals of(int place) {
    long users = model.clusters().stream().mapToLong(ClusterModel::users).sum();
    return new Intervals(
        UserBootstrap.share(users, model.clusters().get(place).users()),
        stability(place),
        IntStream.range(0, features.size()).mapToObj(f -> difference(f, place)).toList());
  }

  private Interval stability(int place) {
    KSelection selection = model.kSelection();
    return selection == null || selection.clusterStabilityInterval() == null
        ? null
        : selection.clusterStabilityInterval().get(place);
  }

  /** The interval of the persona's mean minus the mean of all users. */
  private Interval difference(int f, int place) {
    if (features.get(f).constant()) {
      return null;
    }
    List<ClusterModel> others = new ArrayList<>(model.clusters());
    ClusterModel own = others.remove(place);
    return features.get(f).level() == null
        ? UserBootstrap.meanDifference(
            spread(f, List.of(own), sample.rawOf(f, place)), spread(f, others, without(f, place)))
        : UserBootstrap.shareDifference(share(f, List.of(own)), share(f, others));
  }

  private double[] without(int f, int place) {
    return IntStream.range(0, sample.size())
        .filter(i -> sample.cluster(i) != place)
        .mapToDouble(i -> sample.raw(f, i))
        .filter(value -> !Double.isNaN(value))
        .toArray();
  }

  /** A group with too few users in the sample for a deviation counts as empty. */
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
    long having = 0;
    for (ClusterModel cluster : clusters) {
      having += Math.round(cluster.present(f) * cluster.rawMean().get(f));
    }
    long users = present(f, clusters);
    return Spread.ofShare(users, Math.min(users, having));
  }

  private static long present(int f, List<ClusterModel> clusters) {
    return clusters.stream().mapToLong(cluster -> cluster.present(f)).sum();
  }
}
