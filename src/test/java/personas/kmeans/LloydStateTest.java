package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LloydStateTest {
  private static final double[][] LINE = {{0, 1, 2, 3, 4, 5, 6, 20}};

  private static LloydState run(
      double[][] columns, Centroids start, double tolerance, int maxIterations) {
    return run(columns, start, ClusteringStep.MEANS, tolerance, maxIterations);
  }

  private static LloydState run(
      double[][] columns,
      Centroids start,
      ClusteringStep step,
      double tolerance,
      int maxIterations) {
    LloydState state = LloydState.start(start);
    while (!state.isDone()) {
      state = state.next(Points.pass(columns, state.centroids()), step, tolerance, maxIterations);
    }
    return state;
  }

  private static IterationRecord last(LloydState state) {
    return state.history().get(state.iterations() - 1);
  }

  @Test
  void toleranceZeroEndsWhereNothingMoves() {
    for (long seed = 0; seed < 30; seed++) {
      double[][] columns = Points.random(seed, 2, 800);
      LloydState state = run(columns, Points.firstPoints(columns, 6), 0, 500);
      assertEquals(ConvergenceStatus.CONVERGED, state.status(), "seed " + seed);
      assertEquals(0, last(state).largestShift(), "seed " + seed);
      assertEquals(
          state.centroids(),
          Points.pass(columns, state.centroids()).means(state.centroids()),
          "seed " + seed);
    }
  }

  /** A step that holds the first centroid, as for a persona whose place is given. */
  @Test
  void anotherStepMovesTheOtherCentroids() {
    Centroids start = Centroids.of(2, 1, new double[] {4, 5});
    ClusteringStep holdsTheFirst =
        (sums, before) ->
            Centroids.of(2, 1, new double[] {before.at(0, 0), sums.means(before).at(1, 0)});
    LloydState state = run(LINE, start, holdsTheFirst, 0, 100);
    assertEquals(ConvergenceStatus.CONVERGED, state.status());
    assertEquals(Centroids.of(2, 1, new double[] {4, 20}), state.centroids());
    assertEquals(Centroids.of(2, 1, new double[] {3, 20}), run(LINE, start, 0, 100).centroids());
  }

  @Test
  void inertiaNeverRises() {
    int reseeded = 0;
    for (long seed = 0; seed < 40; seed++) {
      double[][] columns = Points.random(seed, 1 + (int) (seed % 3), 400);
      // Of the first two points again and again: most clusters are empty at first.
      Centroids start = Points.firstPoints(Points.part(columns, 0, 2), 9);
      LloydState state = run(columns, start, 0, 500);
      double before = Double.POSITIVE_INFINITY;
      for (IterationRecord pass : state.history()) {
        // Each of the 400 terms is rounded to the grid.
        assertTrue(pass.inertia() <= before + 400 * 0x1p-24, "seed " + seed + ": " + pass);
        before = pass.inertia();
        reseeded += pass.reseeded();
      }
    }
    assertTrue(reseeded > 100, "re-seeded: " + reseeded);
  }

  @Test
  void aRunEndsAtTheFirstShiftThatIsNotAboveTheTolerance() {
    Centroids start = Centroids.of(2, 1, new double[] {0, 1});
    List<IterationRecord> exact = run(LINE, start, 0, 100).history();
    assertTrue(exact.size() > 3, exact.toString());
    for (IterationRecord pass : exact) {
      double tolerance = pass.largestShift();
      LloydState ended = run(LINE, start, tolerance, 100);
      assertEquals(ConvergenceStatus.CONVERGED, ended.status());
      assertEquals(exact.subList(0, ended.iterations()), ended.history());
      assertTrue(last(ended).largestShift() <= tolerance);
      for (IterationRecord before : ended.history().subList(0, ended.iterations() - 1)) {
        assertTrue(before.largestShift() > tolerance, before.toString());
      }
    }
  }

  @Test
  void aRunAtItsLimitIsNotConverged() {
    Centroids start = Centroids.of(2, 1, new double[] {0, 1});
    LloydState state = run(LINE, start, 0, 2);
    assertEquals(ConvergenceStatus.MAX_ITERATIONS, state.status());
    assertEquals(2, state.iterations());
    assertSame(state, state.ended());
    LloydState running = LloydState.start(start);
    assertFalse(running.isDone());
    assertEquals(ConvergenceStatus.MAX_ITERATIONS, running.ended().status());
    assertEquals(start, running.ended().centroids());
    int needed = run(LINE, start, 0, 100).iterations();
    assertEquals(
        ConvergenceStatus.CONVERGED, run(LINE, start, 0, needed).status(), "the last pass counts");
  }

  @Test
  void aRecordTellsOfTheCentroidsThatThePassStartedFrom() {
    double[][] columns = {{0, 1, 9, 10}};
    Centroids start = Centroids.of(2, 1, new double[] {0, 10});
    LloydState one =
        LloydState.start(start).next(Points.pass(columns, start), ClusteringStep.MEANS, 0, 9);
    assertEquals(List.of(new IterationRecord(1, 2, 0.5, null, 0, List.of(2L, 2L))), one.history());
    assertEquals(start, one.previous());
    PassSums second = new PassSums(2, 1);
    int[] assignment = {0, 0, 0, 1};
    second.addShard(columns, 4, new LloydKernel(one.centroids()), assignment);
    assertEquals(
        new IterationRecord(2, 1, 0, 1L, 0, List.of(2L, 2L)),
        last(one.next(second, ClusteringStep.MEANS, 0, 9)));
  }

  @Test
  void anEmptyClusterStartsAgainAtTheFarthestPointAndIsCounted() {
    double[][] columns = {{0, 0, 1, 1, 10}};
    Centroids centroids = Centroids.of(3, 1, new double[] {0.5, 400, 500});
    LloydState next =
        LloydState.start(centroids)
            .next(Points.pass(columns, centroids), ClusteringStep.MEANS, 1e9, 10);
    assertArrayEquals(new double[] {2.4, 10, 0}, next.centroids().toArray());
    assertEquals(2, last(next).reseeded());
    assertNull(next.status(), "a pass that re-seeds never converges, whatever the tolerance");
    double[][] shuffled = {{1, 10, 0, 1, 0}};
    assertEquals(
        next,
        LloydState.start(centroids)
            .next(Points.pass(shuffled, centroids), ClusteringStep.MEANS, 1e9, 10));
  }

  @Test
  void fewerDistinctPointsThanClustersConvergeWithEmptyClusters() {
    double[][] columns = {{1, 1, 2, 2}};
    LloydState state = run(columns, Centroids.of(4, 1, new double[] {1, 1.2, 7, 8}), 0, 50);
    assertEquals(ConvergenceStatus.CONVERGED, state.status());
    assertEquals(0, last(state).inertia());
    assertEquals(2, last(state).users().stream().filter(count -> count == 0).count());
    assertEquals(0, last(state).reseeded());
  }
}
