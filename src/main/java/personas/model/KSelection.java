package personas.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.confidence.Interval;
import personas.kmeans.metric.Metric;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SegmentTree;
import personas.kmeans.selection.SelectionMetrics;

/**
 * The choice of k: the clusterings that were compared, and the reason for the clustering of the
 * model.
 *
 * @param requested the value of the spec or of the flag: a number, a range or {@code auto}
 * @param chosen the k of the model
 * @param clear true if the users form separate groups, or if k was given
 * @param answer the kind of partition; null in a model that an earlier version wrote
 * @param reason why k was chosen, in words
 * @param sampleUsers number of sample users from which stability and valley were computed; all
 *     other figures are exact over all users
 * @param clusterStability the stability of each cluster of the model, in the order of ids: mean
 *     bootstrap Jaccard similarity, 0..1
 * @param clusterStabilityInterval the 95% interval of each cluster's stability, null for a cluster
 *     that was the same in all bootstrap samples; null in a model that an earlier version wrote
 * @param resampledFlow the users that change their cluster if the clustering is trained on
 *     resampled users, in the order of ids; null in a model that an earlier version wrote
 * @param candidates the candidates by ascending k; a single one if k was given
 * @param tree how the segments split and merge from one k to the next; null if k was given
 * @param taken what the run chose, if {@code choose} took another candidate of the run; null if the
 *     run itself chose k
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
   * What a run chose before {@code choose} took another candidate of the run.
   *
   * @param k the number of clusters that the run chose
   * @param reason the reason that the run gave
   * @param model SHA-256, in hex, of the {@code model.json} of the run, as this program writes it
   */
  public record RunChoice(int k, String reason, String model) {}

  /**
   * One candidate for k. If the sample excludes a candidate, its iteration ends early. Then the
   * figures describe the last state of the iteration.
   *
   * @param k number of clusters
   * @param figures the values of {@link SelectionMetrics#ALL} by id; null if a metric is not
   *     defined, or if the run ended before a pass measured the metric
   * @param answer the kind of partition that the clustering is; null in a model that an earlier
   *     version wrote
   * @param kept the centroids of the candidate; null if the run does not keep its candidates
   */
  public record Row(int k, Map<String, Double> figures, PartitionKind answer, KeptCandidate kept) {
    /** The key {@code answer} follows this figure in JSON. */
    private static final String BEFORE_ANSWER = SelectionMetrics.VALLEY.id();

    /** Reads a candidate from the object that {@link #json} wrote. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Row of(ObjectNode json) throws JsonProcessingException {
      return new Row(
          json.path("k").intValue(),
          Metric.read(
              SelectionMetrics.ALL, id -> json.hasNonNull(id) ? json.get(id).doubleValue() : null),
          JsonFile.MAPPER.treeToValue(json.get("answer"), PartitionKind.class),
          JsonFile.MAPPER.treeToValue(json.get("kept"), KeptCandidate.class));
    }

    /** Returns the candidate as one JSON object: k, then each figure by the id of its metric. */
    @JsonValue
    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("k", k);
      figures.forEach(
          (id, figure) -> {
            json.put(id, figure);
            if (id.equals(BEFORE_ANSWER)) {
              json.put("answer", answer);
            }
          });
      if (kept != null) {
        json.put("kept", kept);
      }
      return json;
    }

    /** Returns the value of a metric; null if it is not known. */
    public Double figure(Metric<?> metric) {
      return figures.get(metric.id());
    }

    /** Returns this candidate without its clustering, as the report shows it. */
    public Row withoutKept() {
      return new Row(k, figures, answer, null);
    }

    /** Returns this candidate without the value of a metric. */
    public Row without(Metric<?> metric) {
      Map<String, Double> changed = new LinkedHashMap<>(figures);
      changed.put(metric.id(), null);
      return new Row(k, Collections.unmodifiableMap(changed), answer, kept);
    }
  }
}
