package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import personas.confidence.Interval;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SegmentTree;

/**
 * How k came about: the clusterings that were compared and why this one was taken.
 *
 * @param requested what the spec or the flag said: a number, a range or {@code auto}
 * @param chosen the k of the model
 * @param clear false where the users have no clear structure
 * @param answer which kind of answer the model is; null in a model that an earlier version wrote
 * @param reason one sentence
 * @param sampleUsers users of the sample that stability and valley were looked for in; all else is
 *     exact over all users
 * @param clusterStability of the chosen clustering, per cluster id: mean bootstrap Jaccard, 0..1
 * @param clusterStabilityInterval per cluster id, the 95% interval of that mean, null if the
 *     cluster was the same in all bootstrap samples; null in a model that an earlier version wrote
 * @param resampledFlow of the chosen clustering, by cluster id: how many users change their cluster
 *     if it is trained on resampled users; null in a model that an earlier version wrote
 * @param candidates by ascending k; one where k was given
 * @param tree how the segments split and merge from k to k; null where k was given
 * @param taken the choice of the run that {@code choose} took the model from; null if the run chose
 *     it
 */
public record KSelection(
    String requested,
    int chosen,
    boolean clear,
    PartitionKind answer,
    String reason,
    int sampleUsers,
    List<Double> clusterStability,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Interval> clusterStabilityInterval,
    @JsonInclude(JsonInclude.Include.NON_NULL) ResampledFlow resampledFlow,
    List<Row> candidates,
    @JsonInclude(JsonInclude.Include.NON_NULL) SegmentTree tree,
    @JsonInclude(JsonInclude.Include.NON_NULL) RunChoice taken) {

  /**
   * What a run itself chose, if {@code choose} took another of its candidates.
   *
   * @param k the number of clusters that the run chose
   * @param reason the reason of the run
   * @param model SHA-256, in hex, of the {@code model.json} of the run, as this program writes it
   */
  public record RunChoice(int k, String reason, String model) {}

  /**
   * One k. A clustering that the sample ruled out is not iterated to its end; its figures are of
   * where it was left.
   *
   * @param k clusters
   * @param inertia this and the next three as in {@link personas.kmeans.ClusterMetrics}; null where
   *     it is not defined, or where no pass was left to measure it
   * @param stability of the least stable cluster, from the sample
   * @param valley between the two neighbouring clusters that are least apart, from the sample: (√n
   *     + 1) times the dip of their users' projection; below 0.6 where they are halves of one heap
   * @param answer which kind of answer the clustering is by itself
   * @param stabilityLow this and the next two are the spread of the stability over the bootstraps;
   *     null where it was not looked at
   * @param explained share of the total variance that lies between the clusters, 0..1; null where
   *     no pass was left to measure it
   * @param kept the clustering itself, if the run keeps its candidates; else null
   */
  public record Row(
      int k,
      Double inertia,
      Double silhouette,
      Double daviesBouldin,
      Double calinskiHarabasz,
      Double smallestShare,
      double stability,
      double valley,
      PartitionKind answer,
      Double stabilityLow,
      Double stabilityMedian,
      Double stabilityHigh,
      Double explained,
      @JsonInclude(JsonInclude.Include.NON_NULL) KeptCandidate kept) {}
}
