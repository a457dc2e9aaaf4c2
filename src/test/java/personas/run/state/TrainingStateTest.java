package personas.run.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.connector.Connectors;
import personas.kmeans.Centroids;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.LloydKernel;
import personas.kmeans.PassSums;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.kmeans.selection.SampleDiagnostics;
import personas.math.Grid;
import personas.spec.ClusteringSpec;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;

/** Runs the passes of several candidates without an engine. */
class TrainingStateTest {
  private static final double[][] COLUMNS = heaps();

  /** 600 users around 0 and 9. */
  private static double[][] heaps() {
    Random random = new Random(4);
    double[][] columns = new double[1][600];
    Arrays.setAll(columns[0], i -> Grid.round(random.nextGaussian() + i % 2 * 9));
    return columns;
  }

  private static ClusteringSpec clustering() throws SpecException, IOException {
    return clustering("", false);
  }

  private static ClusteringSpec clustering(String keys, boolean keepsCandidates)
      throws SpecException, IOException {
    String yaml =
        "name: a\ninput: {id: u}\nfeatures: [{name: f}]\nclustering: {k: 2..4, tolerance: 0"
            + keys
            + "}";
    SegmentationSpec spec =
        Connectors.readSpec(
            "x.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    return (keepsCandidates ? spec.keepingCandidates() : spec).clustering();
  }

  private static Candidate candidate(int k, double valley) {
    double[] places = new double[k];
    Arrays.setAll(places, j -> -1 + 0.5 * j);
    SampleDiagnostics findings = new SampleDiagnostics(600, Collections.nCopies(k, 0.9), valley);
    return Candidate.start("test", Centroids.of(k, 1, places), findings);
  }

  private static CandidateSums sums(Candidate candidate) {
    if (!candidate.lloyd().isDone()) {
      PassSums pass = new PassSums(candidate.k(), 1);
      LloydKernel kernel = new LloydKernel(candidate.lloyd().centroids());
      pass.addShard(COLUMNS, 600, kernel, new int[600]);
      return new CandidateSums.Step(pass);
    }
    if (candidate.isMeasured()) {
      return new CandidateSums.Nothing();
    }
    ClusterMetricSums.Measure measure = new ClusterMetricSums.Measure(candidate.lloyd().spread());
    measure.add(COLUMNS, 0, 600);
    return new CandidateSums.Metrics(measure.sums());
  }

  private static TrainingState pass(TrainingState state, ClusteringSpec clustering) {
    List<CandidateSums> sums = state.candidates().stream().map(each -> sums(each)).toList();
    return new PassResult(Optional.of(state), sums).next(clustering);
  }

  @Test
  void theChoiceIsMadeWhenAllAreMeasured() throws Exception {
    ClusteringSpec clustering = clustering();
    TrainingState state =
        new TrainingState(
            "none", List.of(candidate(2, 0.1), candidate(3, 2), candidate(4, 0.1)), null);
    List<Integer> waiting = new ArrayList<>();
    while (!state.isDone()) {
      assertNull(state.choice());
      state = pass(state, clustering);
      waiting.add((int) state.candidates().stream().filter(each -> !each.isMeasured()).count());
    }
    assertTrue(waiting.contains(1) && waiting.contains(3), "one after the other: " + waiting);
    assertEquals(3, state.candidate().k());
    assertEquals(ConvergenceStatus.CONVERGED, state.lloyd().status());
    assertEquals(ConvergenceStatus.CONVERGED, state.candidates().get(0).lloyd().status());
    TrainingState again = pass(state, clustering);
    assertEquals(state, again, "nothing is left to do");
  }

  @Test
  void candidatesThatTheSampleRulesOutGetFewPasses() throws Exception {
    TrainingState state =
        new TrainingState(
            "none", List.of(candidate(2, 0.1), candidate(3, 2), candidate(4, 0.1)), null);
    assertEquals(100, state.maxIterationsOf(0, clustering()), "it may have to stand in");
    assertEquals(100, state.maxIterationsOf(1, clustering()));
    assertEquals(10, state.maxIterationsOf(2, clustering()));
    assertEquals(7, state.maxIterationsOf(2, clustering(", maxIterations: 7", false)));
    ClusteringSpec keeping = clustering("", true);
    assertEquals(100, state.maxIterationsOf(2, keeping), "every candidate is kept whole");
  }

  @Test
  void choosesFromTheKnownFiguresIfNoPassIsLeft() throws Exception {
    ClusteringSpec clustering = clustering();
    TrainingState start =
        new TrainingState("none", List.of(candidate(2, 0.1), candidate(4, 2)), null);
    TrainingState one = pass(start, clustering);
    assertFalse(one.isDone());
    TrainingState ended = one.stopped(clustering);
    assertEquals(1, ended.choice().index());
    assertEquals(ConvergenceStatus.MAX_ITERATIONS, ended.lloyd().status());
    assertNull(ended.candidate().metrics());
  }
}
