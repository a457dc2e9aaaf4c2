package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import personas.confidence.Interval;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.selection.ResampledFlow;

/**
 * A trained clustering that a run kept, so that {@code choose} can make it the model without
 * another training. The clusters are in the order of the training, not in the order of ids.
 *
 * @param start a description of the starting centroids
 * @param status how the iteration over all users ended
 * @param stability per cluster the mean bootstrap Jaccard similarity, 0..1
 * @param stabilityIntervals per cluster the 95% interval of the stability; null if it is not known
 * @param resampledFlow how many users change their cluster if other samples are clustered; null if
 *     it was not computed
 * @param history one record for each pass
 * @param centroids k rows of d coordinates, standardized as the features of the model are
 */
public record KeptCandidate(
    String start,
    ConvergenceStatus status,
    List<Double> stability,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Interval> stabilityIntervals,
    ResampledFlow resampledFlow,
    List<IterationRecord> history,
    List<List<Double>> centroids) {

  /**
   * Rejects a candidate that cannot score users. A file that was edited by hand may hold one.
   *
   * @throws IllegalArgumentException if a part is missing or has a wrong size
   */
  public KeptCandidate {
    for (Object part : new Object[] {start, status, stability, history, centroids}) {
      rejectIf(part == null, "start, status, stability, history or centroids is missing");
    }
    int k = centroids.size();
    rejectIf(k == 0 || history.isEmpty(), "centroids and history must not be empty");
    rejectIf(stability.size() != k, "stability does not have " + k + " values");
    rejectIf(
        stabilityIntervals != null && stabilityIntervals.size() != k,
        "stabilityIntervals does not have " + k + " values");
    for (List<Double> centroid : centroids) {
      rejectIf(
          centroid == null
              || centroid.size() != centroids.get(0).size()
              || centroid.stream().anyMatch(Objects::isNull),
          "all centroids must have the same number of coordinates");
    }
    rejectIf(
        history.get(history.size() - 1).users().size() != k,
        "the last record of history must have users for each of " + k + " clusters");
    if (resampledFlow != null) {
      resampledFlow.requireClusters(k);
    }
  }

  private static void rejectIf(boolean isWrong, String why) {
    if (isWrong) {
      throw new IllegalArgumentException("kSelection.candidates: kept: " + why);
    }
  }
}
