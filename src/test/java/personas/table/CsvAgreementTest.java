package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.bytes.ByteSource;
import personas.table.read.RangeSplitter;

/** Checks that the byte parser and FastCSV agree on well-formed tables with any ranges. */
class CsvAgreementTest {
  private static final long SEED = 20260102;
  private static final String[] PIECES = {
    "a", "Zoë", "日本", "\"", "\"\"", ",", ";", "\n", "\r\n", "\n\n", " ", "x,y", "=1", "0123456789"
  };
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a"), Feature.of("b")), List.of("note"));

  @Test
  void randomTablesWithQuotesAndLineEndsAtEveryCut() throws IOException {
    for (int table = 0; table < 120; table++) {
      Random random = new Random(SEED + table);
      String text = table(random, 1 + random.nextInt(6));
      List<String> expected = users(text);
      ByteSource source = new MemorySource("x.csv", text.getBytes(StandardCharsets.UTF_8));
      Reading.Way way = Reading.Way.ofWindow(1 + random.nextInt(40));
      for (long cut = 0; cut <= source.size(); cut++) {
        Reading reading = Reading.cut(source, SCHEMA, InputFormat.CSV, way, cut);
        String place = "seed " + (SEED + table) + ", cut at " + cut + ": " + text;
        assertEquals(expected, reading.users(), place);
        assertEquals(List.of(), reading.rejections(), place);
      }
    }
  }

  @Test
  void largeTablesInRangesOfAnyLength() throws IOException {
    for (int table = 0; table < 6; table++) {
      Random random = new Random(SEED - 1 - table);
      String text = table(random, 5_000);
      List<String> expected = users(text);
      ByteSource source = new MemorySource("x.csv", text.getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 5; i++) {
        int rangeBytes = 1 + random.nextInt(1 << (6 + 2 * i));
        Reading reading =
            Reading.of(
                source,
                SCHEMA,
                InputFormat.CSV,
                Reading.Way.DEFAULT,
                RangeSplitter.split("x.csv", source.size(), true, rangeBytes));
        assertEquals(expected, reading.users(), "table " + table + ", ranges of " + rangeBytes);
        assertEquals(5_000, reading.ledger().read());
      }
    }
  }

  private static List<String> users(String text) throws IOException {
    List<String> users = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().skipEmptyLines(true).ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        users.add(
            field(row.getField("id"))
                + "|"
                + Double.parseDouble(row.getField("a"))
                + "|"
                + Double.parseDouble(row.getField("b"))
                + "|"
                + field(row.getField("note")));
      }
    }
    return users;
  }

  /** A text field as it stands in an output. */
  private static String field(String text) {
    String safe = text.startsWith("=") || text.startsWith("\r") ? "'" + text : text;
    boolean quoted = !safe.equals(text) || text.matches("(?s).*[\",\r\n].*");
    String csv = quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    return csv.replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String table(Random random, int rows) {
    String lineEnd = random.nextBoolean() ? "\n" : "\r\n";
    List<String> columns = new ArrayList<>(List.of("id", "a", "b", "note", "other"));
    java.util.Collections.shuffle(columns, random);
    StringBuilder text = new StringBuilder(String.join(",", columns)).append(lineEnd);
    for (int row = 0; row < rows; row++) {
      List<String> fields = new ArrayList<>();
      for (String column : columns) {
        fields.add(
            switch (column) {
              case "id" -> quoted(random, "u" + row + text(random));
              case "a", "b" -> quoted(random, number(random));
              default -> quoted(random, text(random));
            });
      }
      text.append(String.join(",", fields));
      text.append(row < rows - 1 || random.nextBoolean() ? lineEnd : "");
      text.append(random.nextInt(5) == 0 && row < rows - 1 ? lineEnd : "");
    }
    return text.toString();
  }

  private static String number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> Double.toString(random.nextGaussian());
      case 2 -> Integer.toString(random.nextInt(100));
      default -> "0." + random.nextInt(1000);
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static String quoted(Random random, String text) {
    boolean needed = text.matches("(?s).*[\",\r\n].*");
    return needed || random.nextInt(4) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
