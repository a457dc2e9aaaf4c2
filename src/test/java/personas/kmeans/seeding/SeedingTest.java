package personas.kmeans.seeding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.kmeans.Centroids;
import personas.kmeans.PassSums;
import personas.kmeans.Points;

class SeedingTest {

  @Test
  void plantedClustersAreFound() {
    for (long seed = 0; seed < 5; seed++) {
      double[][] centers = new double[12][2];
      for (int j = 0; j < 12; j++) {
        centers[j] = new double[] {12 * (j % 4), 12 * (j / 4)};
      }
      double[][] columns = Points.around(centers, 80, seed);
      Centroids found = new Seeding(columns, 960).best(12, 42, 16).centroids();
      assertEquals(
          Collections.nCopies(12, 80L), Points.pass(columns, found).users(), "seed " + seed);
    }
  }

  @Test
  void theResultIsAFixpointAndTheInertiaMatchesThePoints() {
    for (long seed = 0; seed < 10; seed++) {
      double[][] columns = Points.random(seed, 3, 600);
      Seeding.Start start = new Seeding(columns, 600).best(7, seed, 2);
      PassSums sums = Points.pass(columns, start.centroids());
      assertEquals(start.centroids(), sums.means(start.centroids()), "seed " + seed);
      assertEquals(sums.inertia().value(), start.inertia(), "seed " + seed);
      assertEquals(0, sums.emptyClusters(), "seed " + seed);
    }
  }

  @Test
  void onlyThePointsAndTheArgumentsCount() {
    double[][] columns = Points.random(3, 2, 500);
    Seeding.Start start = new Seeding(columns, 500).best(9, 42, 3);
    assertEquals(start, new Seeding(columns, 500).best(9, 42, 3));
    Seeding used = new Seeding(columns, 500);
    used.best(4, 1, 2);
    assertEquals(start, used.best(9, 42, 3), "what it was asked before leaves nothing");
    double[][] longer = new double[2][];
    for (int f = 0; f < 2; f++) {
      longer[f] = Arrays.copyOf(columns[f], 700);
      Arrays.fill(longer[f], 500, 700, 77);
    }
    assertEquals(start, new Seeding(longer, 500).best(9, 42, 3), "rows behind the last");
    assertNotEquals(
        new Seeding(columns, 500).best(9, 42, 1), new Seeding(columns, 500).best(9, 4711, 1));
  }

  /** Of plain starts more hold all that fewer do; of the search that follows only luck says so. */
  @Test
  void moreRestartsAreNeverWorse() {
    for (long seed = 0; seed < 5; seed++) {
      Seeding seeding = new Seeding(Points.random(seed, 2, 400), 400);
      double before = Double.POSITIVE_INFINITY;
      for (int restarts : List.of(1, 2, 4, 8)) {
        double inertia = seeding.greedy(10, 42, restarts).inertia();
        assertTrue(inertia <= before, "seed " + seed);
        double searched = seeding.best(10, 42, restarts).inertia();
        assertTrue(seeding.best(10, 42, 16).inertia() <= searched, "seed " + seed);
        before = inertia;
      }
    }
  }

  @Test
  void kIsReducedToTheDistinctPoints() {
    double[][] columns = {{1, 1, 2, 2, 2}, {0, 0, 0, 0, 0}};
    Seeding.Start start = new Seeding(columns, 5).best(4, 1, 3);
    assertEquals(2, start.centroids().k());
    assertEquals(0, start.inertia());
    Seeding.Start one = new Seeding(new double[][] {{5, 5, 5}}, 3).best(4, 1, 3);
    assertEquals(Centroids.of(1, 1, new double[] {5}), one.centroids());
    // Points one step apart are distinct, though the square of a step is far below the grid.
    double step = 0x1p-24;
    Seeding.Start near = new Seeding(new double[][] {{0, step, 2 * step}}, 3).best(3, 1, 1);
    assertEquals(3, near.centroids().k());
    assertEquals(
        List.of(1L, 1L, 1L),
        Points.pass(new double[][] {{0, step, 2 * step}}, near.centroids()).users());
  }

  @Test
  void knownCentroidsLeadToTheirFixpoint() {
    double[][] columns = Points.around(new double[][] {{0, 0}, {30, 0}, {0, 30}}, 50, 8);
    Centroids known = Centroids.of(3, 2, new double[] {25, 5, 3, 25, 4, 4});
    Seeding.Start start = new Seeding(columns, 150).from(known);
    assertEquals(List.of(50L, 50L, 50L), Points.pass(columns, start.centroids()).users());
    assertTrue(start.centroids().at(0, 0) > 20, "the place of each centroid stays");
    assertEquals(start, new Seeding(columns, 150).from(start.centroids()));
  }

  @Test
  void noPointsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Seeding(new double[1][0], 0));
  }
}
