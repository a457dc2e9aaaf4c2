package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import personas.confidence.Interval;
import personas.kmeans.ClusterMetrics;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.ResampledFlow;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;
import personas.spec.ClusterCount;

/**
 * How k came about: the clusterings that were compared and why this one was taken.
 *
 * @param requested what the spec or the flag said: a number, a range or {@code auto}
 * @param chosen the k of the model
 * @param clear false where the users have no clear structure and the smallest k stands in
 * @param reason one sentence
 * @param sampleUsers users of the sample that stability and valley were looked for in; all else is
 *     exact over all users
 * @param clusterStability of the chosen clustering, per cluster id: mean bootstrap Jaccard, 0..1
 * @param clusterStabilityInterval per cluster id, the 95% interval of that mean, null if the
 *     cluster was the same in all bootstrap samples; null in a model that an earlier version wrote
 * @param resampledFlow of the chosen clustering, by cluster id: how many users change their cluster
 *     if it is trained on resampled users; null in a model that an earlier version wrote
 * @param candidates by ascending k; one where k was given
 */
public record KSelection(
    String requested,
    int chosen,
    boolean clear,
    String reason,
    int sampleUsers,
    List<Double> clusterStability,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Interval> clusterStabilityInterval,
    @JsonInclude(JsonInclude.Include.NON_NULL) ResampledFlow resampledFlow,
    List<Row> candidates) {

  /**
   * One k. A clustering that the sample ruled out is not iterated to its end; its figures are of
   * where it was left.
   *
   * @param k clusters
   * @param inertia this and the next three as in {@link ClusterMetrics}; null where it is not
   *     defined, or where no pass was left to measure it
   * @param stability of the least stable cluster, from the sample
   * @param valley between the two neighbouring clusters that are least apart, from the sample: (√n
   *     + 1) times the dip of their users' projection; below 0.6 where they are halves of one heap
   */
  public record Row(
      int k,
      Double inertia,
      Double silhouette,
      Double daviesBouldin,
      Double calinskiHarabasz,
      Double smallestShare,
      double stability,
      double valley) {}

  /**
   * The candidates of a run and the choice among them.
   *
   * @param metrics of the chosen candidate, which are not known to itself where it is the only one
   * @param personas the order of the clusters
   */
  public static KSelection of(
      ClusterCount requested,
      List<Candidate> candidates,
      KChoice choice,
      ClusterMetrics metrics,
      MatchedPersonas personas) {
    Candidate chosen = candidates.get(choice.index());
    List<Integer> order = personas.tags().stream().map(ClusterPersona::cluster).toList();
    List<Interval> intervals = chosen.findings().stabilityIntervals();
    ResampledFlow flow = chosen.findings().resampledFlow();
    return new KSelection(
        requested.toString(),
        chosen.k(),
        choice.clear(),
        choice.reason(),
        chosen.findings().users(),
        order.stream().map(chosen.findings().stability()::get).toList(),
        intervals == null ? null : order.stream().map(intervals::get).toList(),
        flow == null ? null : flow.ordered(order),
        IntStream.range(0, candidates.size())
            .mapToObj(i -> row(candidates.get(i), i == choice.index() ? metrics : null))
            .toList());
  }

  private static Row row(Candidate candidate, ClusterMetrics known) {
    ClusterMetrics metrics = known == null ? candidate.metrics() : known;
    double stability = candidate.findings().leastStability();
    double valley = candidate.findings().valley();
    return metrics == null
        ? new Row(candidate.k(), null, null, null, null, null, stability, valley)
        : new Row(
            candidate.k(),
            metrics.inertia(),
            metrics.silhouette(),
            metrics.daviesBouldin(),
            metrics.calinskiHarabasz(),
            metrics.smallestShare(),
            stability,
            valley);
  }
}
