package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import personas.feature.UserSchema;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RecordPlace;
import personas.table.ledger.Rejection;
import personas.table.ledger.SourceLedger;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;
import personas.table.record.RecordBuffer;
import personas.text.CsvBuffer;

/**
 * Checks laws for any bytes of a file. Either every way of reading refuses the file as bad input.
 * Or every record is a user or a rejection, and neither the window nor the ranges change the
 * result.
 */
public final class ReadingLaws {
  /** Files of up to so many bytes are cut into ranges of one byte. */
  private static final int CUT_EVERYWHERE = 80;

  private static final int MOST_EXCERPT = 200 * "\\u{10ffff}".length() + 1;

  private ReadingLaws() {}

  /**
   * Holds a file against the laws.
   *
   * @param recordBytes the longest record that is read
   * @return null where the file is refused
   */
  public static Reading hold(
      ByteSource source, UserSchema schema, InputFormat format, int recordBytes)
      throws IOException {
    Reading whole;
    Reading.Way wide = way(1 << 12, recordBytes, 1 << 18);
    try {
      whole = Reading.whole(source, schema, format, wide);
    } catch (BadInputException e) {
      assertTrue(e.getMessage().startsWith(source.name() + ": "), e.getMessage());
      assertTrue(e.getMessage().length() < 2 * MOST_EXCERPT, e.getMessage());
      assertTrue(isPlain(e.getMessage()), e.getMessage());
      holdRefusal(source, schema, format, recordBytes);
      return null;
    }
    SourceLedger ledger = whole.ledger();
    assertEquals(whole.users().size(), ledger.accepted());
    assertEquals(whole.rejections().size(), ledger.rejectedTotal());
    assertEquals(ledger.read(), ledger.accepted() + ledger.rejectedTotal());
    Random random = new Random(source.size() * 31 + ledger.read());
    Reading.Way narrow = way(1 + random.nextInt(40), recordBytes, 1 + random.nextInt(3));
    assertEquals(whole, Reading.whole(source, schema, format, narrow), "a narrow window");
    if (!source.name().endsWith(".gz")) {
      cut(source, schema, format, recordBytes, whole, random);
    }
    return whole;
  }

  /** Requires that the file is refused however it is cut. */
  private static void holdRefusal(
      ByteSource source, UserSchema schema, InputFormat format, int recordBytes)
      throws IOException {
    if (!source.name().endsWith(".gz") && source.size() > 1) {
      Reading.Way small = way(16, recordBytes, 100);
      long step = Math.max(1, source.size() / 5);
      long[] even = LongStream.range(1, source.size()).filter(at -> at % step == 0).toArray();
      assertThrows(BadInputException.class, () -> Reading.cut(source, schema, format, small, even));
    }
  }

  private static void cut(
      ByteSource source,
      UserSchema schema,
      InputFormat format,
      int recordBytes,
      Reading whole,
      Random random)
      throws IOException {
    Reading.Way small = way(16, recordBytes, 100);
    if (source.size() <= CUT_EVERYWHERE) {
      long[] everywhere = LongStream.range(1, source.size()).toArray();
      assertEquals(whole, Reading.cut(source, schema, format, small, everywhere), "bytes");
    }
    int step = 1 + random.nextInt((int) source.size() / 4 + 1);
    long[] even = LongStream.range(1, source.size()).filter(at -> at % step == 0).toArray();
    assertEquals(whole, Reading.cut(source, schema, format, small, even), "ranges of " + step);
    for (int i = 0; i < 2; i++) {
      long first = random.nextInt((int) source.size() + 1);
      long second = first + random.nextInt((int) (source.size() + 1 - first));
      Reading parts = Reading.cut(source, schema, format, small, first, second);
      assertEquals(whole, parts, "cut at " + first + " and " + second);
    }
  }

  private static Reading.Way way(int windowBytes, int recordBytes, int shardRows) {
    // Lines of a little more than a record: a fuzzer finds those that are refused.
    int lineBytes = recordBytes + recordBytes / 4;
    return new Reading.Way(new RecordBuffer.Limits(windowBytes, recordBytes, lineBytes), shardRows);
  }

  /** Requires bounded, escaped excerpts in order, and lines that a CSV reader takes apart. */
  public static void holdRejections(List<Rejection> rejections, ByteSource source)
      throws IOException {
    CsvBuffer lines = new CsvBuffer();
    long before = -1;
    for (Rejection each : rejections) {
      assertTrue(
          each.place().position() > before && each.place().position() < source.size(),
          each.toString());
      before = each.place().position();
      assertTrue(each.excerpt().length() <= MOST_EXCERPT, each.excerpt());
      assertTrue(isPlain(each.excerpt()), each.excerpt());
      assertTrue(isPlain(each.value()), each.value());
      each.appendCsv(lines);
    }
    String text = new String(lines.toByteArray(), StandardCharsets.UTF_8);
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text)) {
      List<CsvRecord> rows = reader.stream().toList();
      assertEquals(rejections.size(), rows.size());
      for (int i = 0; i < rows.size(); i++) {
        int fields = rejections.get(i).place().line() == RecordPlace.NO_LINE ? 6 : 7;
        assertEquals(fields, rows.get(i).getFieldCount());
        checkShown(rejections.get(i).value(), rows.get(i).getField(4));
        checkShown(rejections.get(i).excerpt(), rows.get(i).getField(5));
      }
    }
  }

  /** A text in a field that a spreadsheet does not take for a formula. */
  private static void checkShown(String text, String shown) {
    assertTrue(("'" + text).endsWith(shown), shown);
    assertTrue(shown.isEmpty() || "=@\t\r".indexOf(shown.charAt(0)) < 0, shown);
  }

  /** Nothing that a terminal obeys, and nothing that cannot be seen. */
  private static boolean isPlain(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                Character.isISOControl(c)
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR
                    || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                    || Character.getType(c) == Character.SURROGATE);
  }

  /** The rejections of a file that is read as one range. */
  public static List<Rejection> rejections(
      ByteSource source, UserSchema schema, InputFormat format, int recordBytes)
      throws IOException {
    FileHeader header = FileHeader.read(source, schema, format);
    List<Rejection> rejections = new ArrayList<>();
    new RangeReader(schema, header, 100, way(1 << 12, recordBytes, 100).limits())
        .read(
            source,
            new ByteRange(source.name(), 0, Long.MAX_VALUE),
            -1,
            shard -> {},
            rejections::add);
    return rejections;
  }
}
