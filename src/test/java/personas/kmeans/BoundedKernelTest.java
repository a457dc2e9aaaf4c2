package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import personas.math.Grid;

/**
 * Checks that passes with bounds give the same bits as passes that compare all points with all
 * centroids.
 */
class BoundedKernelTest {
  private static final int ROWS = 2_300;
  private static final int PASSES = 12;

  /** What the points look like. */
  enum Kind {
    /** Close clusters: bounds decide nearly all points. */
    CLUSTERED,
    /** No clusters: many points change between passes. */
    UNIFORM,
    /** Whole numbers, and centroids half-way between them: most distances are tied. */
    TIED,
    /** Twenty places for 30 centroids: centroids coincide, and clusters are empty. */
    DUPLICATES,
    /** The largest values of the grid beside the smallest ones. */
    EXTREME
  }

  private static double coordinate(Kind kind, Random random, int cluster, int feature) {
    return switch (kind) {
      case CLUSTERED -> 20 * Math.sin(cluster * (feature + 1.7)) + random.nextGaussian();
      case UNIFORM -> 3 * random.nextDouble();
      case TIED -> random.nextInt(5);
      case DUPLICATES -> Math.sin(cluster % 20 + feature);
      case EXTREME -> Math.scalb(random.nextBoolean() ? 0.9 : -0.7, random.nextInt(40) - 23);
    };
  }

  private static double[][] columns(Kind kind, Random random, int d, int k) {
    double[][] columns = new double[d][ROWS];
    for (int i = 0; i < ROWS; i++) {
      int cluster = random.nextInt(k);
      for (int f = 0; f < d; f++) {
        columns[f][i] = Grid.round(coordinate(kind, random, cluster, f));
      }
    }
    return columns;
  }

  private static Centroids start(Kind kind, double[][] columns, int k) {
    Centroids points = Points.firstPoints(columns, k);
    if (kind != Kind.TIED) {
      return points;
    }
    double[] between = points.toArray();
    for (int i = 0; i < between.length; i++) {
      between[i] += 0.5 * (i % 2);
    }
    return Centroids.of(k, columns.length, between);
  }

  @ParameterizedTest
  @EnumSource
  void everyPassAddsUpToTheSameBits(Kind kind) {
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(seed);
      int k = (seed % 2 == 0 ? KnownAssignment.BOUNDS_FROM : 64) + random.nextInt(12);
      double[][] columns = columns(kind, random, 1 + random.nextInt(9), k);
      Centroids centroids = start(kind, columns, k);
      int[] assignment = new int[ROWS];
      Arrays.fill(assignment, -1);
      KnownAssignment known = new KnownAssignment(ROWS, k);
      int[] weights = seed % 3 == 0 ? random.ints(ROWS, 0, 4).toArray() : null;
      for (int pass = 0; pass < PASSES; pass++) {
        PassSums expected = new PassSums(k, columns.length);
        expected.addShard(columns, ROWS, new LloydKernel(centroids), assignment);
        PassSums sums = new PassSums(k, columns.length);
        sums.addShard(PointBlocks.of(columns), null, new BoundedKernel(centroids), known);
        assertEquals(expected, sums, kind + " of seed " + seed + ", pass " + pass);
        assertTrue(known.belongsTo(centroids));
        checkWeighted(columns, weights, centroids, known);
        centroids = moved(random, sums, centroids);
      }
    }
  }

  /** The same bounds serve a pass that weighs its points. */
  private static void checkWeighted(
      double[][] columns, int[] weights, Centroids centroids, KnownAssignment known) {
    if (weights != null) {
      int k = centroids.k();
      PassSums expected = new PassSums(k, columns.length);
      KnownAssignment fresh = new KnownAssignment(ROWS, k);
      expected.addShard(PointBlocks.of(columns), weights, new BoundedKernel(centroids), fresh);
      PassSums sums = new PassSums(k, columns.length);
      sums.addShard(PointBlocks.of(columns), weights, new BoundedKernel(centroids), known);
      assertEquals(expected.inertia(), sums.inertia());
      assertEquals(expected.users(), sums.users());
      assertEquals(expected.means(centroids), sums.means(centroids));
    }
  }

  /**
   * The means; now and then a centroid jumps far or onto another one, which ties their distances,
   * or moves by the least that a double can.
   */
  private static Centroids moved(Random random, PassSums sums, Centroids before) {
    double[] means = sums.means(before).toArray();
    if (random.nextInt(4) == 0) {
      means[random.nextInt(means.length)] += 2;
    }
    if (random.nextInt(3) == 0) {
      int d = before.d();
      int from = random.nextInt(before.k());
      System.arraycopy(means, from * d, means, random.nextInt(before.k()) * d, d);
    }
    int at = random.nextInt(means.length);
    means[at] = Math.nextUp(means[at]);
    return Centroids.of(before.k(), before.d(), means);
  }

  private static double[] places(int k) {
    double[] places = new double[k * 8];
    for (int i = 0; i < places.length; i++) {
      int cluster = i / 8;
      places[i] = 20 * Math.sin(cluster * (i % 8 + 1.7));
    }
    return places;
  }

  @Test
  void clustersThatKeepTheirPlacesCostOneDistanceAPoint() {
    int k = 40;
    double[][] columns = columns(Kind.CLUSTERED, new Random(5), 8, k);
    Centroids centroids = Centroids.of(k, 8, places(k));
    KnownAssignment known = new KnownAssignment(ROWS, k);
    BoundedKernel first = new BoundedKernel(centroids);
    new PassSums(k, 8).addShard(PointBlocks.of(columns), null, first, known);
    assertEquals((long) k * ROWS, first.distances());
    BoundedKernel second = new BoundedKernel(centroids);
    new PassSums(k, 8).addShard(PointBlocks.of(columns), null, second, known);
    assertTrue(second.distances() < 1.1 * ROWS, "distances: " + second.distances());
  }

  /** The bound for all centroids decides no point then. */
  @Test
  void aCentroidThatMovedFarCostsASixthOfTheDistances() {
    int k = 66;
    double[][] columns = columns(Kind.CLUSTERED, new Random(5), 8, k);
    double[] places = places(k);
    KnownAssignment known = new KnownAssignment(ROWS, k);
    BoundedKernel first = new BoundedKernel(Centroids.of(k, 8, places));
    new PassSums(k, 8).addShard(PointBlocks.of(columns), null, first, known);
    places[8 * 7] += 100;
    BoundedKernel second = new BoundedKernel(Centroids.of(k, 8, places));
    PassSums sums = new PassSums(k, 8);
    sums.addShard(PointBlocks.of(columns), null, second, known);
    // One distance to the own centroid, eleven to those that moved farthest; all for cluster 7.
    assertTrue(second.distances() > 12 * ROWS, "distances: " + second.distances());
    assertTrue(second.distances() < 15 * ROWS, "distances: " + second.distances());
    assertEquals(0, sums.users(7));
  }

  @Test
  void aPassThatFailedLeavesNoBounds() {
    double[][] columns = columns(Kind.UNIFORM, new Random(6), 2, 30);
    Centroids centroids = Points.firstPoints(columns, 30);
    KnownAssignment known = new KnownAssignment(ROWS, 30);
    BoundedKernel kernel = new BoundedKernel(centroids);
    new PassSums(30, 2).addShard(PointBlocks.of(columns), null, kernel, known);
    PointBlocks failing =
        (from, count) -> {
          throw new IllegalStateException("block " + from);
        };
    try {
      new PassSums(30, 2).addShard(failing, null, kernel, known);
    } catch (IllegalStateException expected) {
      assertEquals("block 0", expected.getMessage());
    }
    assertTrue(!known.belongsTo(centroids));
  }
}
