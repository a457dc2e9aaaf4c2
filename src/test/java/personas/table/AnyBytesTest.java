package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RejectReason;
import personas.table.record.RecordBuffer;

/** Checks that the result for any bytes does not depend on the window or the ranges. */
class AnyBytesTest {
  private static final long SEED = 20260104;
  private static final String[] PIECES = {
    "1",
    "2",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\"",
    "\"",
    "\"\"",
    "\",\"",
    "\"\n",
    " ",
    "x",
    "é",
    "\0",
    "\r",
    "u1,1,2\n",
    "u2,\"3\",4\n",
    "long, long, long"
  };
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a")), List.of("note"));

  @Test
  void windowAndRangesDoNotMatterEvenWhereRecordsAreTooLong() throws IOException {
    long broken = 0;
    long tooLong = 0;
    long refused = 0;
    for (int i = 0; i < 20_000; i++) {
      Random random = new Random(SEED + i);
      ByteSource source = new MemorySource("x.csv", bytes(random));
      int recordBytes = 20 + random.nextInt(60);
      String place = "seed " + (SEED + i);
      Reading expected;
      try {
        expected = read(source, 1 << 10, recordBytes);
      } catch (BadInputException e) {
        refused++;
        assertThrows(BadInputException.class, () -> read(source, 1, recordBytes), place);
        continue;
      }
      assertEquals(expected, read(source, 1, recordBytes), place);
      assertEquals(expected, read(source, 1 + random.nextInt(64), recordBytes), place);
      long first = random.nextInt((int) source.size() + 1);
      long second = first + random.nextInt((int) (source.size() + 1 - first));
      Reading.Way way =
          new Reading.Way(new RecordBuffer.Limits(1 + random.nextInt(64), recordBytes), 3);
      Reading cut = Reading.cut(source, SCHEMA, InputFormat.CSV, way, first, second);
      assertEquals(expected, cut, place + ", cut at " + first + ", " + second);
      broken += expected.ledger().rejected().getOrDefault(RejectReason.BROKEN_QUOTE, 0L);
      tooLong += expected.ledger().rejected().getOrDefault(RejectReason.RECORD_TOO_LONG, 0L);
    }
    assertTrue(broken > 1000 && tooLong > 1000, broken + " broken, " + tooLong + " too long");
    assertTrue(refused < 200, refused + " refused");
  }

  private static Reading read(ByteSource source, int window, int recordBytes) throws IOException {
    Reading.Way way = new Reading.Way(new RecordBuffer.Limits(window, recordBytes), 1 << 10);
    return Reading.whole(source, SCHEMA, InputFormat.CSV, way);
  }

  private static byte[] bytes(Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("id,a,note\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = random.nextInt(80); i > 0; i--) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      bytes.writeBytes(piece.getBytes(StandardCharsets.UTF_8));
      if (random.nextInt(200) == 0) {
        bytes.write(random.nextInt(256));
      }
    }
    return bytes.toByteArray();
  }
}
