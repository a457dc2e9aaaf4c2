package personas.model.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.model.explain.RandomModel.Kind;

/**
 * Checks that contributions add up exactly and that each contribution is exact except for rounding.
 */
class ContributionsTest {
  private static final BigDecimal HUNDREDTH = new BigDecimal("0.01");
  private static final BigDecimal ROUNDING = new BigDecimal("1e-9");
  private static final Pattern FIGURE =
      Pattern.compile("(-?\\d+\\.\\d\\d)(?: of (-?\\d+\\.\\d\\d))?");

  private static BigDecimal square(double a, double b) {
    return new BigDecimal(a).subtract(new BigDecimal(b)).pow(2);
  }

  @Test
  void contributionsAddUpToTheDifferenceOfTheSquaredDistances() {
    List<Kind> kinds =
        List.of(Kind.PLAIN, Kind.LOGARITHM, Kind.CATEGORY, Kind.WHOLE, Kind.LIMITED, Kind.BOOLEAN);
    for (int m = 0; m < 20; m++) {
      RandomModel model = new RandomModel(m, 2 + m % 5, kinds.subList(0, 1 + m % kinds.size()));
      List<Feature> features = model.standardizer.schema().features();
      Contributions contributions = new Contributions(features, model.centroids);
      for (int i = 0; i < 500; i++) {
        double[] user = model.user();
        int[] two = model.nearestTwo(user);
        double[] z = model.zScores(user);
        contributions.compute(z, two[0], two[1]);
        long[] hundredths = contributions.hundredths();
        assertEquals(contributions.total(), Arrays.stream(hundredths).sum());
        Map<String, BigDecimal> exact = new LinkedHashMap<>();
        for (int f = 0; f < z.length; f++) {
          exact.merge(
              features.get(f).column(),
              square(z[f], model.centroids.at(two[1], f))
                  .subtract(square(z[f], model.centroids.at(two[0], f))),
              BigDecimal::add);
        }
        int place = 0;
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal each : exact.values()) {
          assertWithin(HUNDREDTH, each, hundredths[place++]);
          sum = sum.add(each);
        }
        assertWithin(new BigDecimal("0.005"), sum, contributions.total());
        assertTextAddsUp(contributions.text(), contributions.total());
      }
    }
  }

  private static void assertWithin(BigDecimal most, BigDecimal exact, long hundredths) {
    BigDecimal difference = exact.subtract(BigDecimal.valueOf(hundredths, 2)).abs();
    assertTrue(difference.compareTo(most.add(ROUNDING)) <= 0, exact + " and " + hundredths);
  }

  private static void assertTextAddsUp(String text, long total) {
    Matcher figures = FIGURE.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    while (figures.find()) {
      sum = sum.add(new BigDecimal(figures.group(1)));
      if (figures.group(2) != null) {
        assertEquals(BigDecimal.valueOf(total, 2), new BigDecimal(figures.group(2)), text);
      }
    }
    assertEquals(BigDecimal.valueOf(total, 2), sum, text);
  }
}
