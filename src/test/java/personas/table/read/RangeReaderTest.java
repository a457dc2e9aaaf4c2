package personas.table.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.RangeOutcome;
import personas.table.Reading;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.ledger.Rejection;

class RangeReaderTest {
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a")), List.of());

  private static ByteSource source(String text) {
    return new MemorySource("x.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void allShardsButTheLastAreFullAndTheLastIsNotEmpty() throws IOException {
    for (int users = 0; users <= 9; users++) {
      StringBuilder text = new StringBuilder("id,a\n");
      for (int i = 0; i < users; i++) {
        text.append("u").append(i).append(",1\nbad\n");
      }
      ByteSource source = source(text.toString());
      List<Integer> rows = new ArrayList<>();
      FileHeader header = FileHeader.read(source, SCHEMA, InputFormat.CSV);
      RangeOutcome outcome =
          new RangeReader(SCHEMA, header, 3)
              .read(
                  source,
                  new ByteRange("x.csv", 0, source.size()),
                  -1,
                  shard -> rows.add(shard.rows()),
                  rejection -> {});
      List<Integer> expected = new ArrayList<>();
      for (int left = users; left > 0; left -= 3) {
        expected.add(Math.min(3, left));
      }
      assertEquals(expected, rows);
      assertEquals(2L * users, outcome.ledger().read());
      assertEquals(users, outcome.ledger().rejectedTotal());
      assertEquals(source.size(), outcome.span().nextRecordStart());
    }
  }

  @Test
  void aRangeThatStartsInsideQuotesSaysSoByWhereItsFirstRecordStarts() throws IOException {
    ByteSource source = source("id,a\n\"u1\nu2,2\nu3\",1\nu4,4\n");
    FileHeader header = FileHeader.read(source, SCHEMA, InputFormat.CSV);
    RangeReader reader = new RangeReader(SCHEMA, header, 10);
    RangeOutcome first =
        reader.read(source, new ByteRange("x.csv", 0, 9), -1, shard -> {}, rejection -> {});
    ByteRange rest = new ByteRange("x.csv", 9, source.size());
    RangeOutcome guessed = reader.read(source, rest, -1, shard -> {}, rejection -> {});
    assertEquals(20, first.span().nextRecordStart());
    assertEquals(9, guessed.span().firstRecordStart());
    RangeOutcome forced =
        reader.read(source, rest, first.span().nextRecordStart(), shard -> {}, rejection -> {});
    assertEquals(20, forced.span().firstRecordStart());
    assertEquals(1, forced.ledger().accepted());
  }

  /** A file whose length was asked for before it became what it is. */
  private static ByteSource sized(long size, byte[] bytes) {
    return new ByteSource() {
      @Override
      public String name() {
        return "x.csv";
      }

      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open(long position) {
        int at = (int) Math.min(position, bytes.length);
        return new ByteArrayInputStream(bytes, at, bytes.length - at);
      }
    };
  }

  /** What is appended is not read; half a record is not taken for one, wherever it is cut. */
  @Test
  void readsAGrowingFileUpToItsFirstSize() throws IOException {
    byte[] bytes = "id,a\nu1,1\nu2,22\nu3,3\n".getBytes(StandardCharsets.UTF_8);
    for (long size = 8; size <= bytes.length; size++) {
      ByteSource grown = sized(size, bytes);
      List<ByteRange> ranges =
          List.of(new ByteRange("x.csv", 0, 7), new ByteRange("x.csv", 7, size));
      List<String> users = List.of("u1|1.0", "u2|22.0", "u3|3.0");
      int whole = size == 10 ? 1 : size == 16 ? 2 : size == bytes.length ? 3 : 0;
      if (whole > 0) {
        Reading reading = Reading.of(grown, SCHEMA, InputFormat.CSV, Reading.Way.DEFAULT, ranges);
        assertEquals(users.subList(0, whole), reading.users());
      } else {
        BadInputException error =
            assertThrows(
                BadInputException.class,
                () -> Reading.of(grown, SCHEMA, InputFormat.CSV, Reading.Way.DEFAULT, ranges));
        assertTrue(error.getMessage().contains("became longer than "), error.getMessage());
      }
    }
  }

  @Test
  void aFileThatBecameShorterIsRefused() throws IOException {
    byte[] bytes = "id,a\nu1,1\nu2,2\n".getBytes(StandardCharsets.UTF_8);
    ByteSource shrunk = sized(1000, bytes);
    for (long start : new long[] {0, 10, 500}) {
      BadInputException error =
          assertThrows(
              BadInputException.class,
              () ->
                  Reading.of(
                      shrunk,
                      SCHEMA,
                      InputFormat.CSV,
                      Reading.Way.DEFAULT,
                      List.of(new ByteRange("x.csv", start, 1000))));
      assertTrue(error.getMessage().contains("became shorter"), error.getMessage());
    }
  }

  @Test
  void usersWithoutAnIdAreHashedByTheirValues() throws IOException {
    UserSchema noId = new UserSchema(null, List.of(Feature.of("a")), List.of());
    List<Long> hashes = new ArrayList<>();
    for (String text : new String[] {"a\n5\n", "a\n\n\n5.0\n"}) {
      ByteSource source = source(text);
      new RangeReader(noId, FileHeader.read(source, noId, InputFormat.CSV), 10)
          .read(
              source,
              new ByteRange("x.csv", 0, source.size()),
              -1,
              shard -> hashes.add(shard.valueHash(0, 42)),
              rejection -> {});
    }
    assertEquals(hashes.get(0), hashes.get(1));
  }

  @Test
  void excerptsAreBoundedAndShowWhatCannotBeSeen() {
    byte[] record = "a\tb\u202e\0".getBytes(StandardCharsets.UTF_8);
    assertEquals("a\\u0009b\\u202e\\u0000", Rejection.excerpt(record, 0, record.length));
    byte[] latin1 = {'c', 'a', 'f', (byte) 0xE9};
    assertEquals("caf\\xe9", Rejection.excerpt(latin1, 0, 4));
    byte[] faces = "🙂".repeat(300).getBytes(StandardCharsets.UTF_8);
    assertEquals("🙂".repeat(200) + "…", Rejection.excerpt(faces, 0, faces.length));
    byte[] exact = "x".repeat(200).getBytes(StandardCharsets.UTF_8);
    assertEquals("x".repeat(200), Rejection.excerpt(exact, 0, exact.length));
  }
}
