package personas.kmeans;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.PartitionKind;

/**
 * Checks and prints the kind of partition that simulated users get. A continuum with a direction,
 * such as users who differ in how much they do, has slices that every sample confirms. A round
 * cloud has none: each sample cuts it in another direction.
 */
class ContinuaTest {
  private static final int USERS = 2_000;
  private static final int SEEDS = 6;

  private static double[][] users(String kind, int d, long seed) {
    Random random = new Random(seed);
    double[][] columns = new double[d][USERS];
    for (int i = 0; i < USERS; i++) {
      double amount = random.nextGaussian();
      int group = random.nextInt(3);
      for (int f = 0; f < d; f++) {
        double own = random.nextGaussian();
        columns[f][i] =
            switch (kind) {
              case "amount" -> amount + 0.5 * own;
              case "skewed" -> StrictMath.exp(0.5 * amount + 0.5 * own);
              case "uniform" -> random.nextDouble();
              case "groups" -> own + (group == f % 3 ? 9 : 0);
              default -> own;
            };
      }
    }
    return PlantedMixturesTest.standardized(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "groups, 2, SEPARATE_GROUPS",
    "groups, 4, SEPARATE_GROUPS",
    "uniform, 1, USEFUL_SLICES",
    "uniform, 2, USEFUL_SLICES",
    "amount, 2, USEFUL_SLICES",
    "amount, 4, USEFUL_SLICES",
    "skewed, 2, USEFUL_SLICES",
    "round, 2, NO_STABLE_PARTITION",
    "round, 4, NO_STABLE_PARTITION",
    "uniform, 4, NO_STABLE_PARTITION",
  })
  void theAnswerMatchesTheSimulatedKind(String kind, int d, PartitionKind expected) {
    KChoice[] choices =
        IntStream.range(0, SEEDS)
            .parallel()
            .mapToObj(seed -> PlantedMixturesTest.choose(users(kind, d, seed), 7, 42))
            .toArray(KChoice[]::new);
    Map<PartitionKind, Integer> kinds = new EnumMap<>(PartitionKind.class);
    for (KChoice choice : choices) {
      kinds.merge(choice.kind(), 1, Integer::sum);
    }
    int[] k = Arrays.stream(choices).mapToInt(choice -> choice.index() + 2).toArray();
    String line =
        String.format(Locale.ROOT, "%-8s d = %d  k = %s  %s", kind, d, Arrays.toString(k), kinds);
    System.out.println(line);
    assertTrue(kinds.getOrDefault(expected, 0) >= SEEDS - 1, line);
  }
}
