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
   * One candidate for k. A candidate that the sample rejected is not iterated to its end; its
   * figures describe the state at which it was left.
   *
   * @param k number of clusters
   * @param figures the values of {@link SelectionMetrics#ALL} by id; null where a metric is not
   *     defined, or where no pass was left to measure it
   * @param answer which kind of answer the clustering is by itself; null in a model that an earlier
   *     version wrote
   * @param kept the clustering itself, if the run keeps its candidates; else null
   */
  public record Row(int k, Map<String, Double> figures, PartitionKind answer, KeptCandidate kept) {
    /** The key {@code answer} stands behind this figure in JSON. */
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

    /** The candidate as one object of JSON: k, then each figure by the id of its metric. */
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

    /** The value of a metric; null where it is not known. */
    public Double figure(Metric<?> metric) {
      return figures.get(metric.id());
    }

    /** This candidate without its clustering, as the report shows it. */
    public Row withoutKept() {
      return new Row(k, figures, answer, null);
    }

    /** This candidate without the value of a metric. */
    public Row without(Metric<?> metric) {
      Map<String, Double> others = new LinkedHashMap<>(figures);
      others.put(metric.id(), null);
      return new Row(k, Collections.unmodifiableMap(others), answer, kept);
    }
  }
}
