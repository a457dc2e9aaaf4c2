package personas.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvBufferTest {
  private static final long SEED = 20260105;

  private static void checkFixed(double value, int decimals) {
    CsvBuffer buffer = new CsvBuffer();
    buffer.appendFixed(value, decimals);
    assertEquals(
        new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString(),
        new String(buffer.toByteArray(), StandardCharsets.US_ASCII),
        () -> value + ", seed " + SEED);
  }

  @Test
  void fixedDecimalsAreTheExactValueRoundedHalfUp() {
    Random random = new Random(SEED);
    for (int decimals = 1; decimals <= 6; decimals++) {
      checkFixed(0, decimals);
      checkFixed(0.5, decimals);
      checkFixed(0.999999999999, decimals);
      checkFixed(1e18, decimals);
      checkFixed(Double.MIN_VALUE, decimals);
      checkFixed(Double.MAX_VALUE, decimals);
      for (int i = 0; i < 10_000; i++) {
        checkFixed(random.nextDouble() * 10, decimals);
        checkFixed(Math.scalb(random.nextDouble(), random.nextInt(80)), decimals);
        // On a half, and beside it.
        double half = (random.nextInt(1 << 20) + 0.5) / Math.pow(10, decimals);
        checkFixed(half, decimals);
        checkFixed(Math.nextUp(half), decimals);
        checkFixed(Math.nextDown(half), decimals);
        checkFixed(random.nextInt(1 << 20) / 64.0, decimals);
        checkFixed((random.nextLong() >>> 13) / 8.0, decimals);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "plain|plain",
        "``|``",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "`two\nlines`|`\"two\nlines\"`",
        "`cr\r`|`\"cr\r\"`",
        "=1+1|\"'=1+1\"",
        "@x|\"'@x\"",
        "`\tx`|`\"'\tx\"`",
        "-x|\"'-x\"",
        "+|\"'+\"",
        "-5|-5",
        "+1e3|+1e3",
        "-5,0|\"'-5,0\"",
        "日本|日本"
      })
  void fieldsAreQuotedWhereNeededAndFormulasNeutralised(String text, String csv) {
    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    CsvBuffer buffer = new CsvBuffer();
    buffer.appendField(utf8, 1, utf8.length - 1);
    assertEquals(csv, new String(buffer.toByteArray(), StandardCharsets.UTF_8));
  }
}
