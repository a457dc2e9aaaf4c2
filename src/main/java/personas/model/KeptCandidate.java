package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import personas.confidence.Interval;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.selection.ResampledFlow;

/**
 * A trained clustering that a run kept, so that {@code choose} can take it without a training. Its
 * clusters are in the order in which they were found.
 *
 * @param start what its passes started from, in words
 * @param status how the iteration over all users ended
 * @param stability per cluster, the mean bootstrap Jaccard, 0..1
 * @param stabilityIntervals per cluster the 95% interval of the stability; null if it is not known
 * @param resampledFlow how many users change their cluster if other samples are clustered
 * @param history one record a pass
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
   * Refuses a candidate that no user can be scored with, as a file that a person changed may have
   * it.
   *
   * @throws IllegalArgumentException if a part is missing or has a wrong size
   */
  public KeptCandidate {
    for (Object part : new Object[] {start, status, stability, history, centroids}) {
      refuse(part == null, "a part of it is missing");
    }
    int k = centroids.size();
    refuse(k == 0 || history.isEmpty(), "it has no cluster or no pass");
    refuse(stability.size() != k, "stability does not have " + k + " values");
    for (List<Double> centroid : centroids) {
      refuse(
          centroid == null
              || centroid.size() != centroids.get(0).size()
              || centroid.stream().anyMatch(Objects::isNull),
          "its centroids do not have one size");
    }
    refuse(history.get(history.size() - 1).users().size() != k, "users are not of each cluster");
    if (resampledFlow != null) {
      resampledFlow.require(k);
    }
  }

  private static void refuse(boolean isWrong, String why) {
    if (isWrong) {
      throw new IllegalArgumentException("kSelection.candidates: a kept candidate: " + why);
    }
  }
}
