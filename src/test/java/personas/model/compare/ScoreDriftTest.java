package personas.model.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.feature.moments.FeatureHistogram;
import personas.feature.moments.HistogramBins;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureContext;
import personas.model.compare.DriftAdvice.Action;

/** Compares the drift of a score since the training with plain counting. */
class ScoreDriftTest {
  private static final List<String> NAMES = List.of("spend", "visits");

  /** Rows of a skewed value, and a small whole number that sometimes is missing. */
  private static double[][] users(int users, long seed) {
    Random random = new Random(seed);
    double[][] rows = new double[users][];
    for (int i = 0; i < users; i++) {
      rows[i] =
          new double[] {
            Math.exp(random.nextGaussian()),
            random.nextInt(10) == 0 ? Double.NaN : random.nextInt(6)
          };
    }
    return rows;
  }

  private static double[][] columns(double[][] rows) {
    double[][] columns = new double[NAMES.size()][rows.length];
    for (int f = 0; f < columns.length; f++) {
      for (int i = 0; i < rows.length; i++) {
        columns[f][i] = rows[i][f];
      }
    }
    return columns;
  }

  /** A persona for the users who spend little, one for the others. */
  private static List<Long> personas(double[][] rows) {
    long little = Arrays.stream(rows).filter(row -> row[0] < 1).count();
    return List.of(little, rows.length - little);
  }

  private static TrainedUsers trained(double[][] rows) {
    FeatureHistogram counts = new FeatureHistogram(HistogramBins.of(rows, NAMES.size()));
    counts.add(columns(rows), rows.length);
    return new TrainedUsers(
        NAMES,
        IntStream.range(0, NAMES.size())
            .mapToObj(
                f ->
                    new FeatureContext(
                        null, null, counts.points(f), counts.counts(f), counts.missing(f)))
            .toList(),
        List.of("little", "much"),
        personas(rows));
  }

  private static ScoreDrift drift(TrainedUsers trained, double[][] rows) {
    FeatureHistogram counts = new FeatureHistogram(trained.bins());
    counts.add(columns(rows), rows.length);
    return ScoreDrift.ofOrNull(trained, counts, personas(rows));
  }

  private static ScoreDrift changed(UnaryOperator<double[]> change) {
    double[][] rows = Arrays.stream(users(3_000, 2)).map(change).toArray(double[][]::new);
    return drift(trained(users(5_000, 1)), rows);
  }

  @Test
  void theUsersOfTheTrainingDoNotDrift() {
    double[][] rows = users(1_000, 1);
    ScoreDrift drift = drift(trained(rows), rows);
    assertEquals(Action.KEEP, drift.advice());
    assertEquals(0, drift.personasPsi());
    for (ScoreDrift.FeatureDrift each : drift.features()) {
      assertEquals(0, each.psi(), each.name());
      assertEquals(0, each.below() + each.above(), each.name());
      assertEquals(each.missingBefore(), each.missing(), each.name());
    }
  }

  @Test
  void everyShareIsACount() {
    double[][] before = users(400, 3);
    double[][] now = users(900, 4);
    ScoreDrift drift = drift(trained(before), now);
    for (int f = 0; f < NAMES.size(); f++) {
      int feature = f;
      double least =
          Arrays.stream(before)
              .mapToDouble(row -> row[feature])
              .filter(v -> !Double.isNaN(v))
              .min()
              .orElseThrow();
      double most =
          Arrays.stream(before)
              .mapToDouble(row -> row[feature])
              .filter(v -> !Double.isNaN(v))
              .max()
              .orElseThrow();
      ScoreDrift.FeatureDrift found = drift.features().get(f);
      assertEquals(share(now, row -> row[feature] < least), found.below());
      assertEquals(share(now, row -> row[feature] > most), found.above());
      assertEquals(share(now, row -> Double.isNaN(row[feature])), found.missing());
      assertEquals(share(before, row -> Double.isNaN(row[feature])), found.missingBefore());
    }
    assertTrue(drift.features().get(0).below() + drift.features().get(0).above() > 0);
    double p = personas(before).get(0) / 400.0;
    double q = personas(now).get(0) / 900.0;
    assertEquals(
        (q - p) * Math.log(q / p) + (p - q) * Math.log((1 - q) / (1 - p)),
        drift.personasPsi(),
        1e-15);
    assertEquals(p, drift.personas().get(0).shareBefore());
    assertEquals(q, drift.personas().get(0).share());
  }

  private static double share(double[][] rows, Predicate<double[]> which) {
    return (double) Arrays.stream(rows).filter(which).count() / rows.length;
  }

  @Test
  void eachKindOfDriftIsNamed() {
    assertDecided(Action.REVIEW, "PSI of spend", changed(row -> new double[] {2 * row[0], row[1]}));
    assertDecided(
        Action.REFIT,
        "share outside of the range of visits in the training",
        changed(row -> new double[] {row[0], row[0] > 6 ? -1 : row[1]}));
    assertTrue(
        changed(row -> new double[] {row[0], row[0] > 2.5 ? 9 : row[1]})
            .reason()
            .contains("of the users have values of visits outside of the range of the training"));
    ScoreDrift gone = changed(row -> new double[] {row[0], row[0] > 0.7 ? Double.NaN : row[1]});
    assertEquals(Action.REVIEW, gone.advice());
    assertTrue(
        gone.reason().contains("of the users have no value of visits; in the training it was"));
    assertEquals(Action.KEEP, changed(UnaryOperator.identity()).advice());
  }

  private static void assertDecided(Action action, String figure, ScoreDrift drift) {
    assertEquals(action, drift.advice(), drift.reason());
    assertEquals(figure, drift.decidedBy().figure(), drift.reason());
    assertTrue(drift.decidedBy().value() > drift.decidedBy().limit());
  }

  /** Small and large scores of models of few and many users. */
  @Test
  void chanceAloneSeldomGivesAdvice() {
    int alarms = 0;
    int draws = 0;
    for (int before : new int[] {60, 300, 2_000}) {
      for (int now : new int[] {5, 40, 300, 2_000}) {
        for (int draw = 0; draw < 167; draw++) {
          TrainedUsers trained = trained(users(before, 2L * draws));
          alarms += drift(trained, users(now, 2L * draws + 1)).advice() == Action.KEEP ? 0 : 1;
          draws++;
        }
      }
    }
    System.out.printf("drift by chance: %d of %d scores%n", alarms, draws);
    assertTrue(alarms < 0.05 * draws, alarms + " of " + draws);
  }

  @Test
  void nobodyHasNoDrift() {
    assertNull(drift(trained(users(10, 1)), new double[0][]));
  }

  /** However the users of a stream are split and merged, and through the bytes of the counts. */
  @Test
  void countsOfAStreamMatchAFile() throws IOException {
    TrainedUsers trained = trained(users(800, 5));
    double[][] rows = users(3_001, 6);
    List<DriftCounts> parts = new ArrayList<>();
    for (int from = 0; from < rows.length; from += 700) {
      DriftCounter counter = new DriftCounter(trained);
      for (double[] row : Arrays.copyOfRange(rows, from, Math.min(from + 700, rows.length))) {
        counter.add(new double[][] {{row[0]}, {row[1]}}, row[0] < 1 ? 0 : 1);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      counter.take().write(new DataOutputStream(bytes));
      assertEquals(0, counter.take().total(), "the counter begins anew");
      parts.add(
          DriftCounts.read(
              trained, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    }
    DriftCounts sum = DriftCounts.sum(parts);
    assertEquals(rows.length, sum.total());
    assertEquals(drift(trained, rows), sum.driftOrNull());
    assertEquals(700, parts.get(0).total(), "the parts do not change");
  }
}
