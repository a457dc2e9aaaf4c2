package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.kmeans.Centroids;
import personas.kmeans.LloydKernel;
import personas.kmeans.seeding.Seeding;
import personas.math.Grid;

/**
 * The simulated personas can be told apart by all features together, by no feature alone, and are
 * what the spec of the image platform says of them. Commons Math standardizes.
 */
class SimulatedPersonasTest {
  private static final List<String> PERSONAS =
      List.of("E-commerce Business Owners", "Developers (API-Centric)", "Marketing Agencies");
  private static final int USERS = 10_000;
  private static final int D = 5;

  private static Simulated reference;

  /** D standardized columns, and which persona each user was made as. */
  private static final class Simulated {
    private final double[][] columns;
    private final int[] personas;

    Simulated(double[][] columns, int[] personas) {
      this.columns = columns;
      this.personas = personas;
    }

    static Simulated of(int users, long seed) {
      List<String> lines = Run.simulated(users, seed).subList(1, users + 1);
      double[][] columns = new double[D][users];
      int[] personas = new int[users];
      for (int i = 0; i < users; i++) {
        String[] fields = lines.get(i).split(",", -1);
        for (int f = 0; f < D; f++) {
          columns[f][i] = Double.parseDouble(fields[1 + f]);
        }
        personas[i] = PERSONAS.indexOf(fields[1 + D]);
      }
      for (int f = 0; f < D; f++) {
        columns[f] = Arrays.stream(StatUtils.normalize(columns[f])).map(Grid::round).toArray();
      }
      return new Simulated(columns, personas);
    }

    Simulated only(int feature) {
      return new Simulated(new double[][] {columns[feature]}, personas);
    }

    /** The part of the users whose cluster is mostly of their own persona. */
    double recovered() {
      int[][] counts = new int[PERSONAS.size()][PERSONAS.size()];
      Centroids centroids =
          new Seeding(columns, personas.length).best(PERSONAS.size(), 1, 8).centroids();
      LloydKernel kernel = new LloydKernel(centroids);
      int[] nearest = new int[LloydKernel.BLOCK];
      double[] distances = new double[LloydKernel.BLOCK];
      for (int from = 0; from < personas.length; from += LloydKernel.BLOCK) {
        int count = Math.min(LloydKernel.BLOCK, personas.length - from);
        kernel.nearest(columns, from, count, nearest, distances);
        for (int i = 0; i < count; i++) {
          counts[nearest[i]][personas[from + i]]++;
        }
      }
      int right = Arrays.stream(counts).mapToInt(c -> Arrays.stream(c).max().orElseThrow()).sum();
      return (double) right / personas.length;
    }

    /** The mean of a feature over the users of a persona, in standard deviations. */
    double zScore(String persona, int feature) {
      List<Double> values = new ArrayList<>();
      for (int i = 0; i < personas.length; i++) {
        if (personas[i] == PERSONAS.indexOf(persona)) {
          values.add(columns[feature][i]);
        }
      }
      return StatUtils.mean(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  @BeforeAll
  static void simulate() {
    reference = Simulated.of(USERS, 42);
  }

  @ParameterizedTest
  @ValueSource(longs = {42, 1, 2, -3, Long.MAX_VALUE})
  void clustersAreThePersonas(long seed) {
    double recovered = Simulated.of(USERS, seed).recovered();
    assertTrue(recovered >= 0.96, recovered + " of seed " + seed);
  }

  /** Of 100 users chance decides on a few: 97 on average, not 95 for each and every seed. */
  @Test
  void aHundredUsersAreMostlyRecovered() {
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      double recovered = Simulated.of(100, seed).recovered();
      assertTrue(recovered >= 0.90, recovered + " of seed " + seed);
      sum += recovered;
    }
    assertTrue(sum / 20 >= 0.96, sum / 20 + " on average");
  }

  @Test
  void personasOverlapInEachFeature() {
    for (int feature = 0; feature < D; feature++) {
      double recovered = reference.only(feature).recovered();
      assertTrue(recovered < 0.90, recovered + " by feature " + feature + " alone");
    }
  }

  /** Columns: images 0, API calls 1, logins 2, templates 3, custom generation minutes 4. */
  @Test
  void personasAreWhatTheirNamesSay() {
    String owners = PERSONAS.get(0);
    String developers = PERSONAS.get(1);
    String agencies = PERSONAS.get(2);
    assertEquals(1, reference.zScore(owners, 0), 0.4, "images high");
    assertEquals(1, reference.zScore(owners, 3), 0.4, "templates high");
    assertEquals(-0.75, reference.zScore(owners, 1), 0.375, "API calls low");
    assertEquals(1.5, reference.zScore(developers, 1), 0.375, "API calls very high");
    assertEquals(-0.75, reference.zScore(developers, 2), 0.375, "logins low");
    assertEquals(-0.75, reference.zScore(developers, 3), 0.375, "templates low");
    assertEquals(0, reference.zScore(agencies, 2), 0.375, "logins moderate");
    assertEquals(0, reference.zScore(agencies, 4), 0.375, "custom generation moderate");
  }
}
