package personas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleParserTest {
  private static final long SEED = 20260101;

  /** The grammar as it is stated. */
  private static final Pattern GRAMMAR =
      Pattern.compile(" *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)? *");

  private static void check(String text) {
    double expected =
        GRAMMAR.matcher(text).matches() ? Double.parseDouble(text.strip()) + 0.0 : Double.NaN;
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    check(expected, bytes, 0, bytes.length, text);
    // In a window, other bytes stand before and behind.
    byte[] window = ("9.e-" + text + "9.e-7654321").getBytes(StandardCharsets.ISO_8859_1);
    check(expected, window, 4, 4 + bytes.length, text);
  }

  private static void check(double expected, byte[] bytes, int from, int to, String text) {
    assertEquals(
        Double.doubleToRawLongBits(expected),
        Double.doubleToRawLongBits(DoubleParser.parse(bytes, from, to)),
        () -> "'" + text + "', seed " + SEED);
  }

  private static double parsed(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return DoubleParser.parse(utf8, 0, utf8.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "1e",
        "1e+",
        "e5",
        ".e5",
        "1,234.5",
        "1,5",
        "12 %",
        "12%",
        "１２",
        "٣",
        "½",
        "²",
        "−5",
        "\u00a07",
        "7\u00a0",
        "0x1F",
        "0x1p3",
        "1f",
        "1d",
        "1L",
        "1_000",
        "1 000",
        "'5",
        "\t7",
        "7\n",
        "--5",
        "+-5",
        "5-",
        "1.2.3",
        "NaN",
        "Infinity",
        "true",
        "$5",
        "\0",
        "1\0"
      })
  void ambiguousTextIsNotANumber(String text) {
    assertEquals(Double.NaN, parsed(text));
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        " 7 ,7",
        "+5,5",
        ".5,0.5",
        "5.,5",
        "-.5,-0.5",
        "007,7",
        "1E3,1000",
        "1e+3,1000",
        "2.5e-1,0.25",
        ".5e1,5",
        "5.e1,50",
        "-0,0.0",
        "-0.0e5,0.0",
        "1e-400,0.0",
        "-1e-400,0.0",
        "1e309,Infinity",
        "-1e309,-Infinity",
        "0.1,0.1",
        "9007199254740993,9007199254740992",
        "12345678.,12345678"
      })
  void aNumberHasItsValue(String text, double value) {
    assertEquals(value, parsed(text));
  }

  @Test
  void everyTextOfFourCharactersOfTheGrammarAndItsNeighbors() {
    String alphabet = "059.+-eE /:";
    char[] text = new char[4];
    for (int i = 0; i < Math.pow(alphabet.length(), 4); i++) {
      int rest = i;
      for (int at = 0; at < 4; at++) {
        text[at] = alphabet.charAt(rest % alphabet.length());
        rest /= alphabet.length();
      }
      check(new String(text));
      check(new String(text, 0, 3));
      check("1234" + new String(text));
    }
  }

  @Test
  void shortTextsWithOneByteChangedToEveryOther() {
    for (String text : new String[] {"1", "12", "1.5", ".25", "123.", "12345678", "1234.678"}) {
      for (int at = 0; at < text.length(); at++) {
        for (char c = 0; c < 256; c++) {
          check(text.substring(0, at) + c + text.substring(at + 1));
        }
      }
    }
  }

  @Test
  void randomNumbersOfAllSizesAreRoundedAsTheJdkRounds() {
    Random random = new Random(SEED);
    for (int i = 0; i < 150_000; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(any)) {
        check(Double.toString(any));
        check(String.valueOf((float) any).replace("Infinity", "1e99"));
      }
      check(Double.toString(random.nextDouble() * 1000));
      check(Integer.toString(random.nextInt()));
      check(Long.toString(random.nextLong()));
      check(digits(random, 1 + random.nextInt(30)) + "." + digits(random, random.nextInt(30)));
      check(digits(random, 1 + random.nextInt(20)) + "e" + (random.nextInt(700) - 350));
    }
  }

  @Test
  void numbersHalfwayBetweenTwoDoubles() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double low = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(low) && Double.isFinite(Math.nextUp(low))) {
        String half =
            new java.math.BigDecimal(low)
                .add(new java.math.BigDecimal(Math.nextUp(low)))
                .divide(java.math.BigDecimal.valueOf(2))
                .toString();
        check(half);
        check(half.replaceFirst("(E|$)", "1$1"));
      }
    }
  }

  @Test
  void longTexts() {
    check("0".repeat(5000) + "1");
    check("1".repeat(5000));
    check("0." + "0".repeat(400) + "1");
    check("0." + "3".repeat(5000));
    check("1" + "0".repeat(308));
    check("1" + "0".repeat(309));
    check("1e" + "9".repeat(100));
    check("1e-" + "9".repeat(100));
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(String.format(Locale.ROOT, "%d", random.nextInt(10)));
    }
    return digits.toString();
  }
}
