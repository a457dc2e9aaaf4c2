package personas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.report.data.Decimals;
import personas.report.section.FeatureLabel;
import personas.report.section.PersonaSentence;
import personas.report.section.PersonaSentence.Figures;
import personas.report.section.PersonaSentence.Trait;

/** Checks sentences about columns and figures. */
class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "images_generated_monthly, Images generated monthly, generates, images",
    "api_calls_monthly, API calls monthly, has, API calls",
    "pages-viewed, Pages viewed, views, pages",
    "weekly, Weekly, has, weekly",
    "a__b, a__b, has, a__b",
    "'=cmd()', =cmd(), has, =cmd()"
  })
  void columnsAreRead(String column, String label, String verb, String noun) {
    assertEquals(new FeatureLabel(label, verb, noun), FeatureLabel.of(column));
  }

  @Test
  void removesInvisibleCharactersAndCutsLongNames() {
    assertEquals("a b", FeatureLabel.of("a\u202e\u0007b").label());
    assertEquals(60, FeatureLabel.of("x".repeat(300)).label().length());
    assertEquals(60, FeatureLabel.of("y_".repeat(150) + "z").noun().length());
  }

  @Test
  void aPersonaIsASentence() {
    assertEquals(
        "Generates 2.1× the average images and has 0.2× the average API calls.",
        PersonaSentence.of(
            List.of(
                new Trait("images_generated_monthly", new Figures(210, 100, false, 1.4)),
                new Trait("api_calls_monthly", new Figures(20, 100, false, -0.8)))));
    assertEquals(
        "Has 31× the average x, is 1.2 standard deviations below average in y and has under 0.01× the average z.",
        PersonaSentence.of(
            List.of(
                new Trait("x", new Figures(31, 1, false, 3)),
                new Trait("y", new Figures(-4, 1, true, -1.2)),
                new Trait("z", new Figures(1e-9, 1, false, -1)))));
    assertEquals("Close to the average user in every feature.", PersonaSentence.of(List.of()));
  }

  @Test
  void theShortestDecimalBetweenTwoIsBetweenThem() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 5_000; i++) {
      double low = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-6, 9));
      double high = low + random.nextDouble(1e-9, 1) * Math.abs(low);
      BigDecimal above = Decimals.shortestAbove(low, high);
      BigDecimal below = Decimals.shortestBelow(low, high);
      assertTrue(above.compareTo(Decimals.of(low)) > 0 && above.compareTo(Decimals.of(high)) <= 0);
      assertTrue(below.compareTo(Decimals.of(low)) >= 0 && below.compareTo(Decimals.of(high)) < 0);
    }
    assertEquals("1200", Decimals.text(Decimals.shortestAbove(1180.3, 1243.9)));
    assertEquals("0.3", Decimals.text(Decimals.shortestBelow(0.3, 0.31)));
  }

  @Test
  void shortWaysRoundAsTheDecimalDoes() {
    Random random = new Random(20261124);
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (i % 5) {
            case 0 -> random.nextInt(30_001) - 15_000;
            case 1 -> (random.nextInt(40_001) - 20_000) / 2_000.0;
            case 2 -> Math.nextUp((2 * random.nextInt(20_000) + 1) / 2_000.0);
            case 3 -> 20 * random.nextDouble() - 10;
            default -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(120) - 40);
          };
      BigDecimal exact = Decimals.of(value);
      assertEquals(
          exact.setScale(3, RoundingMode.HALF_EVEN).doubleValue() + 0.0,
          Decimals.places(value, 3),
          () -> "places of " + value);
      assertEquals(
          exact.round(new MathContext(4, RoundingMode.HALF_EVEN)).doubleValue(),
          Decimals.significant(value, 4),
          () -> "digits of " + value);
    }
    assertEquals(0.0, Decimals.places(-0.0, 3));
    assertEquals(0.0, Decimals.places(-0.0001, 3));
    assertEquals(0.0, Decimals.significant(-0.0, 4));
  }
}
