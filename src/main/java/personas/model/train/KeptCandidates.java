package personas.model.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import personas.kmeans.Centroids;
import personas.kmeans.LloydState;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.SampleDiagnostics;
import personas.kmeans.selection.SelectionMetrics;
import personas.kmeans.selection.StabilitySpread;
import personas.model.KSelection;
import personas.model.KeptCandidate;

/** Converts candidates to the form in which a model keeps them, and back. */
final class KeptCandidates {
  private KeptCandidates() {}

  /** Returns the candidate with k clusters; empty if the run did not keep this candidate. */
  static Optional<Candidate> of(KSelection selection, int k) {
    return selection.candidates().stream()
        .filter(row -> row.k() == k && row.kept() != null)
        .findFirst()
        .map(row -> candidate(row, selection.sampleUsers()));
  }

  /** Returns the form of a candidate that a model keeps. */
  static KeptCandidate keep(Candidate candidate) {
    LloydState lloyd = candidate.lloyd().ended();
    return new KeptCandidate(
        candidate.start(),
        lloyd.status(),
        candidate.findings().stability().means(),
        candidate.findings().stability().intervals(),
        candidate.findings().resampledFlow(),
        lloyd.history(),
        Arrays.stream(lloyd.centroids().toRows())
            .map(row -> Arrays.stream(row).boxed().toList())
            .toList());
  }

  /** Returns the candidate after its last iteration. One more pass measures its clusters. */
  private static Candidate candidate(KSelection.Row row, int users) {
    KeptCandidate kept = row.kept();
    List<List<Double>> centroids = kept.centroids();
    int k = centroids.size();
    int d = centroids.get(0).size();
    double[] coordinates =
        IntStream.range(0, k * d).mapToDouble(i -> centroids.get(i / d).get(i % d)).toArray();
    StabilitySpread spread =
        row.figure(SelectionMetrics.STABILITY_LOW) == null
            ? null
            : new StabilitySpread(
                row.figure(SelectionMetrics.STABILITY_LOW),
                row.figure(SelectionMetrics.STABILITY_MEDIAN),
                row.figure(SelectionMetrics.STABILITY_HIGH));
    return new Candidate(
        kept.start(),
        new LloydState(Centroids.of(k, d, coordinates), null, kept.status(), kept.history(), null),
        new SampleDiagnostics(
            users,
            new SampleDiagnostics.Stability(kept.stability(), kept.stabilityIntervals(), spread),
            row.figure(SelectionMetrics.VALLEY),
            kept.resampledFlow()),
        null);
  }
}
