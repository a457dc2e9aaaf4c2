package personas.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import personas.kmeans.Centroids;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.LloydState;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SampleDiagnostics;

/**
 * A trained clustering that a run kept, so that {@code choose} can take it without a training. Its
 * clusters are in the order in which they were found.
 *
 * @param start what its passes started from, in words
 * @param status how the iteration over all users ended
 * @param stability per cluster, the mean bootstrap Jaccard, 0..1
 * @param resampledFlow how many users change their cluster if other samples are clustered
 * @param history one record a pass
 * @param centroids k rows of d coordinates, standardized as the features of the model are
 */
public record KeptCandidate(
    String start,
    ConvergenceStatus status,
    List<Double> stability,
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

  /** What is kept of a candidate whose iteration has ended. */
  static KeptCandidate of(Candidate candidate) {
    LloydState lloyd = candidate.lloyd().ended();
    return new KeptCandidate(
        candidate.start(),
        lloyd.status(),
        candidate.findings().stability(),
        candidate.findings().resampledFlow(),
        lloyd.history(),
        Arrays.stream(lloyd.centroids().toRows())
            .map(row -> Arrays.stream(row).boxed().toList())
            .toList());
  }

  /**
   * The candidate behind its last pass: one more pass measures its clusters.
   *
   * @param row the figures of the candidate
   * @param users of the sample that the findings come from
   */
  Candidate candidate(KSelection.Row row, int users) {
    int k = centroids.size();
    int d = centroids.get(0).size();
    double[] coordinates =
        IntStream.range(0, k * d).mapToDouble(i -> centroids.get(i / d).get(i % d)).toArray();
    return new Candidate(
        start,
        new LloydState(Centroids.of(k, d, coordinates), null, status, history, null),
        new SampleDiagnostics(users, stability, row.valley(), row.spread(), resampledFlow),
        null);
  }
}
