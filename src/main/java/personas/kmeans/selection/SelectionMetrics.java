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
 * The metrics by which candidates for k are compared: {@link ClusterMetrics#ALL} over all users,
 * the metrics of the sample, and the explained variance.
 */
public final class SelectionMetrics {
  /** The stability of the least stable cluster. */
  public static final Metric<Candidate> STABILITY =
      ofSample(
          "stability",
          "Stability",
          "How similar a persona is when other samples of the users are clustered: the mean"
              + " share of users that both versions have in common (Jaccard). At 0.75 or more the"
              + " persona is found again; below 0.5 it dissolves. The stability of a"
              + " segmentation is the stability of its least stable persona",
          sample -> sample.stability().least());

  /** The depth of the valley between the two clusters that are least separate. */
  public static final Metric<Candidate> VALLEY =
      ofSample(
          "valley",
          "Valley",
          "How deep the gap is between the two neighboring personas that are least separate: 0.2"
              + " to 0.5 if they are two halves of one group, more if there is a gap",
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
          "The share of the variance of the users that lies between personas. It is 0% if personas"
              + " explain nothing and 100% if all users of a persona are equal",
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
        sample -> {
          StabilitySpread spread = sample.stability().spread();
          return spread == null ? null : value.apply(spread);
        });
  }

  private static Double explained(ClusterSpread spread) {
    return spread == null ? null : spread.explained();
  }
}
