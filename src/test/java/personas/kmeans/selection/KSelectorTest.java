package personas.kmeans.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.kmeans.Centroids;
import personas.kmeans.ClusteringStep;
import personas.kmeans.LloydState;
import personas.kmeans.Points;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.seeding.Seeding;
import personas.kmeans.valley.DipStatistic;
import personas.kmeans.valley.ValleyDepth;
import personas.math.Grid;

class KSelectorTest {
  private static Candidate candidate(int k, double stability, double valley, double share) {
    Centroids centroids = Centroids.of(k, 1, new double[k]);
    List<Double> each = new java.util.ArrayList<>(Collections.nCopies(k, 1.0));
    each.set(k - 1, stability);
    return new Candidate(
        "test",
        LloydState.start(centroids),
        new SampleDiagnostics(100, each, valley),
        new ClusterMetrics(k, Map.of(ClusterMetrics.SMALLEST_SHARE.id(), share)));
  }

  @Test
  void theLargestThatIsSoundIsTaken() {
    List<Candidate> candidates =
        List.of(
            candidate(2, 0.99, 2, 0.4),
            candidate(3, 0.5, 2, 0.3),
            candidate(4, 0.8, 0.9, 0.2),
            candidate(5, 0.9, 0.59, 0.1),
            candidate(6, 0.74, 0.9, 0.1));
    assertEquals(
        new KChoice(
            2,
            PartitionKind.SEPARATE_GROUPS,
            "k = 4 of 2..6 is the largest k whose clusters are all stable (at least 0.80) and separate"
                + " (valley at least 0.90); with k = 5 two clusters are parts of one group (valley"
                + " 0.59)"),
        KSelector.choose(candidates, 0.01));
    assertEquals(0, KSelector.choose(candidates, 0.25).index(), "k = 4 has a cluster of 20 %");
    assertTrue(
        KSelector.choose(candidates.subList(0, 2), 0.01)
            .reason()
            .endsWith("; with k = 3 a cluster is not stable (stability 0.50)"));
    assertTrue(
        KSelector.choose(candidates.subList(0, 1), 0.01)
            .reason()
            .endsWith("; a larger range of k might give more clusters"));
  }

  @Test
  void takesTheSmallestKAndSaysSoIfNoneIsSound() {
    KChoice choice =
        KSelector.choose(List.of(candidate(3, 0.9, 0.3, 0.3), candidate(4, 0.2, 2, 0.2)), 0.01);
    assertEquals(0, choice.index());
    assertFalse(choice.isClear());
    assertEquals(
        "no clear structure: no k in 3..4 has clusters that are all stable, separate and large"
            + " enough; no k gives stable slices, so the smallest k = 3 was taken",
        choice.reason());
    assertEquals(PartitionKind.NO_STABLE_PARTITION, choice.kind());
  }

  private static Candidate slices(int k, double low, double share) {
    Candidate candidate = candidate(k, 0.9, 0.3, share);
    SampleDiagnostics findings =
        new SampleDiagnostics(
            100,
            new SampleDiagnostics.Stability(
                candidate.findings().stability().means(),
                null,
                new StabilitySpread(low, 0.95, 0.99)),
            0.3,
            null);
    return new Candidate("test", candidate.lloyd(), findings, candidate.metrics());
  }

  @Test
  void takesTheLargestStableKOfAContinuum() {
    List<Candidate> candidates =
        List.of(
            slices(2, 0.97, 0.4), slices(3, 0.8, 0.2), slices(4, 0.74, 0.2), slices(5, 0.9, 0.049));
    KChoice choice = KSelector.choose(candidates, 0.01);
    assertEquals(
        new KChoice(
            1,
            PartitionKind.USEFUL_SLICES,
            "no clear structure: no k in 2..5 has clusters that are all stable, separate and large"
                + " enough; k = 3 gives useful slices of a continuum: it is the largest k with a stability of 0.75"
                + " or more in 19 of 20 bootstraps (0.80) and at least 5% of the users in each"
                + " slice"),
        choice);
    assertFalse(choice.isClear());
    assertEquals(0, KSelector.choose(candidates, 0.3).index(), "the slices of k = 3 are too small");
    assertEquals(PartitionKind.NO_STABLE_PARTITION, KSelector.choose(candidates, 0.45).kind());
    List<Candidate> withGroups = new java.util.ArrayList<>(candidates);
    withGroups.set(0, candidate(2, 0.8, 0.7, 0.4));
    assertEquals(
        PartitionKind.SEPARATE_GROUPS,
        KSelector.choose(withGroups, 0.01).kind(),
        "separate groups come before slices");
  }

  @Test
  void theSpreadCoversTheLeastStableClusterOfEachSample() {
    double[] least = new double[20];
    Arrays.setAll(least, i -> (i * 7 % 20) / 20.0);
    assertEquals(new StabilitySpread(0.05, 0.475, 0.9), StabilitySpread.of(least));
    double[][] line = {new double[600]};
    Arrays.setAll(line[0], i -> Grid.round((i - 300) / 173.0));
    BootstrapStability.Findings halves = new BootstrapStability(line, 600).of(best(line, 2), 5);
    assertTrue(halves.stability().spread().low() > 0.9, halves.toString());
    assertTrue(
        halves.stability().spread().low() <= Collections.min(halves.stability().means()),
        halves.toString());
    assertTrue(
        halves.stability().spread().median() <= halves.stability().spread().high(),
        halves.toString());
  }

  /** Where a template's one job is out of passes, the last pass tells the shares. */
  @Test
  void anUnmeasuredCandidateIsJudgedByItsLastPass() {
    double[][] columns = {{0, 0, 0, 0, 0, 0, 0, 0, 0, 9}};
    Centroids start = Centroids.of(2, 1, new double[] {1, 8});
    Candidate before =
        Candidate.start("test", start, new SampleDiagnostics(10, List.of(1.0, 1.0), 9));
    Candidate after =
        before.next(
            new CandidateSums.Step(Points.pass(columns, start)), ClusteringStep.MEANS, 0, 100);
    assertFalse(after.lloyd().isDone());
    assertTrue(KSelector.choose(List.of(after), 0.1).isClear());
    assertFalse(KSelector.choose(List.of(after), 0.2).isClear());
    assertFalse(KSelector.choose(List.of(before), 0.2).isClear());
  }

  private static Centroids best(double[][] columns, int k) {
    return new Seeding(columns, columns[0].length).best(k, 1, 8).centroids();
  }

  @Test
  void stabilityTellsClustersFromCuts() {
    double[][] two = Points.around(new double[][] {{0, 0}, {9, 0}}, 300, 4);
    List<Double> clusters =
        new BootstrapStability(two, 600).of(best(two, 2), 5).stability().means();
    assertEquals(List.of(1.0, 1.0), clusters);
    double[][] one = Points.around(new double[][] {{0, 0, 0, 0, 0}}, 600, 4);
    List<Double> cuts = new BootstrapStability(one, 600).of(best(one, 4), 5).stability().means();
    assertTrue(Collections.min(cuts) < 0.75, cuts.toString());
    assertEquals(
        cuts, new BootstrapStability(one, 600).of(best(one, 4), 5).stability().means(), "seeded");
  }

  @Test
  void aValleyIsSeenBesideALargeClusterToo() {
    double[][] columns = Points.around(new double[][] {{0, 0}}, 2000, 7);
    double[][] small = Points.around(new double[][] {{8, 0}}, 40, 8);
    double[][] both = {concat(columns[0], small[0]), concat(columns[1], small[1])};
    Centroids centroids = Centroids.of(2, 2, new double[] {0, 0, 8, 0});
    double valley = new ValleyDepth(both, 2040, centroids).shallowest();
    assertTrue(valley > 1, valley + "");
    Centroids halves = Centroids.of(2, 2, new double[] {-0.8, 0, 0.8, 0});
    double none = new ValleyDepth(columns, 2000, halves).shallowest();
    assertTrue(none < 0.5, none + "");
    assertEquals(0, new ValleyDepth(both, 2040, Centroids.of(1, 2, new double[2])).shallowest());
    assertEquals(0, new ValleyDepth(both, 3, centroids).shallowest(), "too few to tell");
  }

  private static double[] concat(double[] a, double[] b) {
    double[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Counts are a comb. Poisson counts around 9 have one peak, and none between the teeth. */
  @Test
  void wholeNumbersMakeNoValleys() {
    Random random = new Random(2);
    double[][] counts = new double[1][2000];
    for (int i = 0; i < 2000; i++) {
      counts[0][i] = Grid.round(Math.rint(9 + 3 * random.nextGaussian()) / 3);
    }
    double[] sorted = counts[0].clone();
    Arrays.sort(sorted);
    assertTrue(Math.sqrt(2000) * DipStatistic.of(sorted) > 1, "a comb has valleys");
    double valley = new ValleyDepth(counts, 2000, best(counts, 2)).shallowest();
    assertTrue(valley < 0.5, valley + "");
    // A gap stays one.
    Arrays.setAll(counts[0], i -> i % 2 == 0 ? i % 10 : 100 + i % 9);
    assertTrue(new ValleyDepth(counts, 2000, best(counts, 2)).shallowest() > 3);
  }
}
