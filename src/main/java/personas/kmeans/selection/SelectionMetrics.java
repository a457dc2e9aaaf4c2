package personas.kmeans.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import personas.kmeans.ClusterSpread;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.metric.Metric;
import personas.kmeans.metric.Metric.Better;
import personas.kmeans.metric.Metric.Format;
import personas.kmeans.metric.Metric.Scale;

/**
 * The metrics that the candidates for k are compared by: {@link ClusterMetrics#ALL} over all users,
 * the metrics of the sample, and the explained variance.
 */
public final class SelectionMetrics {
  /** The stability of the least stable cluster. */
  public static final Metric<Candidate> STABILITY =
      ofSample(
          "stability",
          "Stability",
          "How alike a persona comes out when other samples of the users are clustered: the mean"
              + " share of users that both have in common (Jaccard). From 0.75 on the persona is"
              + " there again, below 0.5 it dissolves. The stability of a number of personas is"
              + " the stability of the least stable one",
          SampleDiagnostics::leastStability);

  /** The depth of the valley between the two clusters that are least apart. */
  public static final Metric<Candidate> VALLEY =
      ofSample(
          "valley",
          "Valley",
          "How deep the dip is between the two neighboring personas that are least apart: 0.2 to"
              + " 0.5 where they are two halves of one heap, more where there is a gap",
          SampleDiagnostics::valley);

  /** The stability that 19 of 20 bootstrap samples reach. */
  public static final Metric<Candidate> STABILITY_LOW =
      ofSpread(
          "stabilityLow",
          "Stability, low",
          "The stability that 19 of 20 other samples of the users reach",
          StabilitySpread::low);

  /** The stability that half of the bootstrap samples reach. */
  public static final Metric<Candidate> STABILITY_MEDIAN =
      ofSpread(
          "stabilityMedian",
          "Stability, median",
          "The stability that half of the other samples of the users reach",
          StabilitySpread::median);

  /** The stability that 1 of 20 bootstrap samples exceeds. */
  public static final Metric<Candidate> STABILITY_HIGH =
      ofSpread(
          "stabilityHigh",
          "Stability, high",
          "The stability that 19 of 20 other samples of the users do not exceed",
          StabilitySpread::high);

  /** The share of the variance that lies between the clusters. */
  public static final Metric<Candidate> EXPLAINED =
      new Metric<>(
          "explained",
          "Variance explained",
          "The share of the differences between users that is differences between personas. It is 0%"
              + " where personas say nothing and 100% where all users of a persona are alike",
          new Scale(Better.NEITHER, Format.PERCENT),
          candidate -> explained(candidate.lloyd().spread()));

  /** All metrics, in the order of the columns of {@code k_selection.csv}. */
  public static final List<Metric<Candidate>> ALL = all();

  private SelectionMetrics() {}

  private static List<Metric<Candidate>> all() {
    List<Metric<Candidate>> all = new ArrayList<>();
    for (var metric : ClusterMetrics.ALL) {
      all.add(
          new Metric<>(
              metric.id(),
              metric.title(),
              metric.definition(),
              metric.scale(),
              candidate -> candidate.isMeasured() ? candidate.metrics().value(metric) : null));
    }
    all.addAll(
        List.of(STABILITY, VALLEY, STABILITY_LOW, STABILITY_MEDIAN, STABILITY_HIGH, EXPLAINED));
    return List.copyOf(all);
  }

  private static Metric<Candidate> ofSample(
      String id, String title, String definition, Function<SampleDiagnostics, Double> value) {
    return new Metric<>(
        id,
        title,
        definition,
        new Scale(Better.LARGER, Format.TWO),
        candidate -> value.apply(candidate.findings()));
  }

  private static Metric<Candidate> ofSpread(
      String id, String title, String definition, Function<StabilitySpread, Double> value) {
    return ofSample(
        id,
        title,
        definition,
        sample -> sample.spread() == null ? null : value.apply(sample.spread()));
  }

  private static Double explained(ClusterSpread spread) {
    return spread == null ? null : spread.explained();
  }
}
