package personas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import personas.report.PersonaSentence.Trait;

/** Columns and figures as sentences. */
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
    assertEquals(new FeatureWords(label, verb, noun), FeatureWords.of(column));
  }

  @Test
  void whatIsNotSeenOrNeverEndsIsLeftOut() {
    assertEquals("a b", FeatureWords.of("a\u202e\u0007b").label());
    assertEquals(60, FeatureWords.of("x".repeat(300)).label().length());
    assertEquals(60, FeatureWords.of("y_".repeat(150) + "z").noun().length());
  }

  @Test
  void aPersonaIsASentence() {
    assertEquals(
        "Generates 2.1× the average images and has 0.2× the average API calls.",
        PersonaSentence.of(
            List.of(
                new Trait("images_generated_monthly", 210, 100, false, 1.4),
                new Trait("api_calls_monthly", 20, 100, false, -0.8))));
    assertEquals(
        "Has 31× the average x, is 1.2σ below average in y and has under 0.01× the average z.",
        PersonaSentence.of(
            List.of(
                new Trait("x", 31, 1, false, 3),
                new Trait("y", -4, 1, true, -1.2),
                new Trait("z", 1e-9, 1, false, -1))));
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
}
