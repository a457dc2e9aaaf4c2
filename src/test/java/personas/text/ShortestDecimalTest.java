package personas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Checks that a decimal has the fewest digits that read back as the same number. */
class ShortestDecimalTest {
  @Test
  void knownForms() {
    assertEquals("0.0", ShortestDecimal.of(0.0));
    assertEquals("-0.0", ShortestDecimal.of(-0.0));
    assertEquals("1.0E7", ShortestDecimal.of(1e7));
    assertEquals("9999999.0", ShortestDecimal.of(9_999_999.0));
    assertEquals("0.001", ShortestDecimal.of(1e-3));
    assertEquals("1.0E-4", ShortestDecimal.of(1e-4));
    assertEquals("4.9E-324", ShortestDecimal.of(Double.MIN_VALUE));
    // JDK 17 writes 1.9999999999999998E23.
    assertEquals("2.0E23", ShortestDecimal.of(Double.parseDouble("2e23")));
    assertEquals("1.1E-5", ShortestDecimal.of(1.1e-5f));
    assertEquals("NaN", ShortestDecimal.of(Double.NaN));
    assertEquals("-Infinity", ShortestDecimal.of(Float.NEGATIVE_INFINITY));
  }

  @Test
  void readsBackAndNoShorterTextDoes() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String text = ShortestDecimal.of(value);
        assertEquals(value, Double.parseDouble(text));
        BigDecimal exact = new BigDecimal(text).stripTrailingZeros();
        if (exact.precision() > 2) {
          BigDecimal shorter = new BigDecimal(value).round(new MathContext(exact.precision() - 1));
          assertTrue(shorter.doubleValue() != value, text + " and " + shorter);
        }
      }
    }
  }
}
