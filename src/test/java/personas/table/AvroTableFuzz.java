package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.List;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.read.RangeSplitter;

/**
 * Changes parts of Avro files and keeps the structure around them. The reader gives the same users
 * in ranges of any size, or refuses the file by name; see {@code src/test/README.md}.
 */
class AvroTableFuzz {
  private static final UserSchema USERS =
      new UserSchema(null, List.of(Feature.of("a")), List.of("id"));
  private static final List<String> CODECS = List.of("null", "deflate", "snappy", "bzip2", "odd");
  private static final List<String> MORE_COLUMNS =
      List.of(
          "",
          ",{\"name\":\"b\",\"type\":[\"null\",\"long\"]}",
          ",{\"name\":\"b\",\"type\":{\"type\":\"map\",\"values\":\"bytes\"}}",
          ",{\"name\":\"b\",\"type\":{\"type\":\"array\",\"items\":\"string\"}}",
          ",{\"name\":\"b\",\"type\":{\"type\":\"fixed\",\"name\":\"f\",\"size\":3}}",
          ",{\"name\":\"b\",\"type\":{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"X\"]}}",
          ",{\"name\":\"next\",\"type\":[\"null\",\"u\"]}");
  private static final int MOST_BLOCKS = 3;
  private static final int MOST_CHANGES = 4;

  /** Blocks that count other rows or bytes than they hold, other codecs, and any bytes as rows. */
  @FuzzTest(maxDuration = "10m")
  void changedParts(FuzzedDataProvider data) throws IOException {
    AvroFiles file =
        AvroFiles.of(AvroFiles.schema(data.pickValue(MORE_COLUMNS)), data.pickValue(CODECS));
    for (int blocks = data.consumeInt(0, MOST_BLOCKS); blocks > 0; blocks--) {
      byte[] rows = data.consumeBoolean() ? data.consumeBytes(40) : user(data.consumeString(5));
      long count = data.consumeBoolean() ? 1 : data.consumeLong();
      long length = data.consumeBoolean() ? rows.length : data.consumeLong();
      file.block(count, length, rows);
    }
    byte[] bytes = file.bytes();
    ByteSource source = new MemorySource("x.avro", changed(bytes, data));
    int rangeBytes = 1 + data.consumeInt(0, bytes.length);
    Reading whole;
    try {
      whole = Reading.whole(source, USERS, InputFormat.AVRO, Reading.Way.DEFAULT);
    } catch (BadInputException e) {
      assertTrue(e.getMessage().startsWith("x.avro: "), e.getMessage());
      assertThrows(BadInputException.class, () -> inRanges(source, rangeBytes));
      return;
    }
    whole.assertEveryRecordCounts();
    assertEquals(whole, inRanges(source, rangeBytes), "ranges of " + rangeBytes);
  }

  private static byte[] user(String id) throws IOException {
    return AvroFiles.encoded(
        out -> {
          out.writeString(id);
          out.writeDouble(1);
        });
  }

  private static Reading inRanges(ByteSource source, int rangeBytes) throws IOException {
    List<ByteRange> ranges = RangeSplitter.of(source, USERS, InputFormat.AVRO, rangeBytes);
    return Reading.of(source, USERS, InputFormat.AVRO, Reading.Way.DEFAULT, ranges);
  }

  /** Some bytes are other ones. */
  private static byte[] changed(byte[] file, FuzzedDataProvider data) {
    byte[] changed = file.clone();
    for (int changes = data.consumeInt(0, MOST_CHANGES); changes > 0; changes--) {
      changed[data.consumeInt(0, changed.length - 1)] = data.consumeByte();
    }
    return changed;
  }
}
