package personas.report.statistic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.report.data.Axis;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportSample;

class PairSeparationTest {
  /** Four groups in the corners of two features; the third feature repeats the first one. */
  private static final double[][] CORNERS = {
    {-1, -1, 1, 1, -1.1, -1.1, 1.1, 1.1},
    {-1, 1, -1, 1, -1.1, 1.1, -1.1, 1.1},
    {-1, -1, 1, 1, -1.1, -1.1, 1.1, 1.1}
  };

  private static List<Integer> best(double[][] columns, double[] explained, boolean... discrete) {
    int[] clusters = {0, 1, 2, 3, 0, 1, 2, 3};
    List<Feature> features =
        IntStream.range(0, columns.length)
            .mapToObj(f -> feature(explained[f], discrete[f]))
            .toList();
    List<List<Double>> centroids =
        IntStream.range(0, 4)
            .mapToObj(
                c ->
                    IntStream.range(0, columns.length)
                        .mapToObj(f -> (columns[f][c] + columns[f][c + 4]) / 2)
                        .toList())
            .toList();
    return new PairSeparation(
            new ReportSample(columns, columns, clusters, true), features, centroids)
        .best();
  }

  private static Feature feature(double explained, boolean discrete) {
    Axis axis = Axis.linear(-2, 2);
    return new Feature(
        "f", "f", "none", false, 0.0, 0.0, 0.0, 1.0, explained, axis, null, false, discrete, null,
        null);
  }

  @Test
  void twoFeaturesThatSayTheSameAreNotThePair() {
    assertEquals(List.of(0, 1), best(CORNERS, new double[] {0.9, 0.5, 0.9}, false, false, false));
  }

  @Test
  void theMoreContinuousOfEqualPairsWins() {
    assertEquals(List.of(2, 1), best(CORNERS, new double[] {0.9, 0.5, 0.8}, true, false, false));
  }

  @Test
  void oneFeatureIsNotAPair() {
    assertEquals(List.of(0), best(new double[][] {CORNERS[0]}, new double[] {0.9}, false));
  }
}
