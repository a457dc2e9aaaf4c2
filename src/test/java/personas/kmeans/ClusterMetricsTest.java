package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.metric.MeasuredClustering;
import personas.kmeans.metric.Metric;

class ClusterMetricsTest {
  /** Of scikit-learn; the script beside it made it. */
  private static final File EXPECTED = new File("src/test/resources/metrics/scikit_learn.json");

  /**
   * Relative: each of our squared distances is rounded to the grid, theirs lose digits likewise.
   */
  private static final double AGREEMENT = 1e-7;

  private static ClusterSpread spread(double[][] columns, Centroids centroids) {
    return new ClusterSpread(centroids, Points.pass(columns, centroids));
  }

  private static ClusterMetricSums sums(
      ClusterSpread spread, double[][] columns, int from, int to) {
    ClusterMetricSums.Measure measure = new ClusterMetricSums.Measure(spread);
    measure.add(columns, from, to);
    return measure.sums();
  }

  private static ClusterMetrics metrics(double[][] columns, Centroids centroids) {
    ClusterSpread spread = spread(columns, centroids);
    return ClusterMetrics.of(spread, sums(spread, columns, 0, columns[0].length));
  }

  private static double[][] transposed(JsonNode rows) {
    double[][] columns = new double[rows.get(0).size()][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int f = 0; f < columns.length; f++) {
        columns[f][i] = rows.get(i).get(f).doubleValue();
      }
    }
    return columns;
  }

  private static Centroids centroids(JsonNode rows) {
    int d = rows.get(0).size();
    double[] coordinates = new double[rows.size() * d];
    for (int i = 0; i < coordinates.length; i++) {
      coordinates[i] = rows.get(i / d).get(i % d).doubleValue();
    }
    return Centroids.of(rows.size(), d, coordinates);
  }

  @Test
  void theFiguresMatchScikitLearn() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(EXPECTED);
    assertEquals(10, expected.get("cases").size());
    for (JsonNode each : expected.get("cases")) {
      String name = each.get("name").textValue();
      ClusterMetrics ours =
          metrics(transposed(expected.get("points").get(name)), centroids(each.get("centroids")));
      String at = name + ", k = " + ours.k();
      for (Metric<MeasuredClustering> metric : ClusterMetrics.ALL) {
        assertNear(each.get(metric.id()), ours.value(metric), at + ", " + metric.id());
      }
    }
  }

  /** What a whole run on the sample says is what scikit-learn says of it. */
  @Test
  void theGoldenModelHasTheFiguresOfScikitLearn() throws IOException {
    ObjectMapper json = new ObjectMapper();
    JsonNode model = json.readTree(new File("src/test/resources/golden/sample-model.json"));
    int compared = 0;
    for (JsonNode each : json.readTree(EXPECTED).get("cases")) {
      if (each.get("name").textValue().equals("sample") && each.get("k").intValue() == 3) {
        for (String key : List.of("inertia", "silhouette", "daviesBouldin", "calinskiHarabasz")) {
          assertNear(each.get(key), model.get("metrics").get(key).doubleValue(), key);
          compared++;
        }
      }
    }
    assertEquals(4, compared);
  }

  private static void assertNear(JsonNode expected, double actual, String at) {
    double value = expected.doubleValue();
    assertEquals(value, actual, Math.abs(value) * AGREEMENT, at);
  }

  /** The closed form is the definition: pairs of points, one by one. */
  @Test
  void theSilhouetteMatchesAllPairs() {
    for (long seed = 0; seed < 20; seed++) {
      double[][] columns = Points.random(seed, 1 + (int) (seed % 4), 300);
      // Not a fixpoint: the clusters' means are not what the users were assigned by.
      Centroids centroids = Points.firstPoints(columns, 2 + (int) (seed % 5));
      double naive = 0;
      for (int i = 0; i < 300; i++) {
        naive += silhouetteOfPairs(columns, centroids, i);
      }
      Double ours = metrics(columns, centroids).value(ClusterMetrics.SILHOUETTE);
      if (ours == null) {
        assertEquals(0, naive, "seed " + seed);
      } else {
        assertEquals(naive / 300, ours, 1e-6, "seed " + seed);
      }
    }
  }

  private static double silhouetteOfPairs(double[][] columns, Centroids centroids, int row) {
    double[] sum = new double[centroids.k()];
    int[] users = new int[centroids.k()];
    for (int other = 0; other < columns[0].length; other++) {
      int cluster = Points.nearest(columns, other, centroids, -1);
      users[cluster]++;
      for (double[] column : columns) {
        sum[cluster] += (column[row] - column[other]) * (column[row] - column[other]);
      }
    }
    int own = Points.nearest(columns, row, centroids, -1);
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < sum.length; j++) {
      least = j == own || users[j] == 0 ? least : Math.min(least, sum[j] / users[j]);
    }
    if (users[own] == 1 || least == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double inner = sum[own] / (users[own] - 1);
    return Math.max(inner, least) == 0 ? 0 : (least - inner) / Math.max(inner, least);
  }

  @Test
  void anyOrderAndAnySplitGiveTheSameSums() throws IOException {
    double[][] columns = Points.random(3, 3, 2000);
    ClusterSpread spread = spread(columns, Points.firstPoints(columns, 5));
    ClusterMetricSums whole = sums(spread, columns, 0, 2000);
    ClusterMetricSums parts = sums(spread, columns, 1300, 2000);
    parts.merge(copy(sums(spread, columns, 0, 1)));
    parts.merge(new ClusterMetricSums(5));
    parts.merge(sums(spread, columns, 1, 1300));
    assertEquals(whole, parts);
    assertEquals(whole, copy(parts));
    assertEquals(ClusterMetrics.of(spread, whole), ClusterMetrics.of(spread, parts));
  }

  @Test
  void clustersThatAreKnownGiveTheSameSums() {
    double[][] columns = Points.random(4, 3, LloydKernel.BLOCK);
    Centroids centroids = Points.firstPoints(columns, 5);
    ClusterSpread spread = spread(columns, centroids);
    int[] clusters = new int[LloydKernel.BLOCK];
    new LloydKernel(centroids)
        .nearest(columns, 0, clusters.length, clusters, new double[clusters.length]);
    ClusterMetricSums.Measure measure = new ClusterMetricSums.Measure(spread);
    measure.add(columns, 300, clusters);
    ClusterMetricSums known = measure.sums();
    assertEquals(sums(spread, columns, 0, 300), known);
    assertEquals(known, measure.sums(), "asked again");
  }

  private static ClusterMetricSums copy(ClusterMetricSums sums) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sums.write(new DataOutputStream(bytes));
    return ClusterMetricSums.read(
        new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void undefinedFiguresAreNull() {
    Centroids two = Centroids.of(2, 1, new double[] {0, 9});
    ClusterMetrics one = metrics(new double[][] {{0, 0, 1}}, two);
    assertNull(one.value(ClusterMetrics.SILHOUETTE), "one cluster has no user");
    assertNull(one.value(ClusterMetrics.DAVIES_BOULDIN));
    assertNull(one.value(ClusterMetrics.CALINSKI_HARABASZ));
    assertEquals(0, one.value(ClusterMetrics.SMALLEST_SHARE));
    ClusterMetrics same = metrics(new double[][] {{0, 0, 9}}, two);
    assertNull(same.value(ClusterMetrics.CALINSKI_HARABASZ), "nothing varies within");
    assertEquals(0, same.value(ClusterMetrics.DAVIES_BOULDIN));
    assertEquals(2 / 3.0, same.value(ClusterMetrics.SILHOUETTE), "1, 1 and, alone, 0");
  }

  /** Within the tolerance a last pass moved centroids; one more measures where they are now. */
  @Test
  void aStateIsMeasuredByItsFinalCentroids() {
    for (double tolerance : new double[] {0, 0.5}) {
      double[][] columns = Points.random(8, 2, 900);
      LloydState state = LloydState.start(Points.firstPoints(columns, 4));
      int passes = 0;
      while (!state.isDone()) {
        state =
            state.next(
                Points.pass(columns, state.centroids()), ClusteringStep.MEANS, tolerance, 100);
        passes++;
      }
      assertEquals(tolerance == 0 ? passes : passes - 1, state.iterations());
      assertEquals(spread(columns, state.centroids()), state.spread());
      assertEquals(state.centroids(), state.spread().centroids());
      assertTrue(tolerance > 0 || state.centroids().equals(state.spread().means()));
    }
  }
}
