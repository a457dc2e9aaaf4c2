package personas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parses any bytes as a number, and writes any bytes as a field; see {@code src/test/README.md}.
 */
class DoubleParserFuzz {
  private static final Pattern NUMBER =
      Pattern.compile(" *[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)? *");

  static Stream<byte[]> corpus() {
    return Stream.of(
            "7",
            " 7 ",
            "-0",
            "+5",
            ".5",
            "5.",
            "1e3",
            "1E-400",
            "1e400",
            "1,234.5",
            "12 %",
            "NaN",
            "123456789012345678901234567890",
            "9007199254740993",
            "0.1",
            "2.2250738585072014e-308",
            "4.9e-324",
            "1.7976931348623157e308",
            "0000000.1",
            "=1+1",
            "-1+1",
            "@a",
            "a,\"b\"\r\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("corpus")
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] text) throws IOException {
    if (text == null) {
      return;
    }
    String latin1 = new String(text, StandardCharsets.ISO_8859_1);
    double expected =
        NUMBER.matcher(latin1).matches() ? Double.parseDouble(latin1.strip()) + 0.0 : Double.NaN;
    assertEquals(expected, DoubleParser.parse(text, 0, text.length), latin1);
    // With other bytes around it, as in a record.
    byte[] around = new byte[text.length + 12];
    Arrays.fill(around, (byte) '9');
    System.arraycopy(text, 0, around, 2, text.length);
    assertEquals(expected, DoubleParser.parse(around, 2, 2 + text.length), latin1);
    writtenAndReadBack(text, Double.isNaN(expected));
  }

  private static void writtenAndReadBack(byte[] text, boolean noNumber) throws IOException {
    if (text.length == 0 || !Utf8.isValid(text, 0, text.length)) {
      return;
    }
    CsvBuffer out = new CsvBuffer();
    out.appendField(text, 0, text.length);
    String line = new String(out.toByteArray(), StandardCharsets.UTF_8);
    String plain = new String(text, StandardCharsets.UTF_8);
    // A text that already has apostrophes before a formula gets one more, so that all can be
    // undone.
    String bare = plain.replaceFirst("^'+", "");
    boolean isNumber = bare.equals(plain) ? !noNumber : NUMBER.matcher(bare).matches();
    boolean formula =
        !bare.isEmpty()
            && ("=@\t\r".indexOf(bare.charAt(0)) >= 0
                || ("+-".indexOf(bare.charAt(0)) >= 0 && !isNumber));
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().skipEmptyLines(false).ofCsvRecord("x," + line + ",y")) {
      CsvRecord row = reader.stream().findFirst().orElseThrow();
      assertEquals(3, row.getFieldCount(), plain);
      assertEquals((formula ? "'" : "") + plain, row.getField(1));
    }
  }
}
