package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.ledger.BadInputException;

/**
 * Checks small files that would need much memory or time: the reader refuses them at once, by file
 * and position.
 */
class TableBoundsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private static Reading read(String name, byte[] file, UserSchema schema, InputFormat format)
      throws IOException {
    return Reading.whole(new MemorySource(name, file), schema, format, Reading.Way.DEFAULT);
  }

  private static void refused(String message, byte[] file, UserSchema schema) {
    String refusal =
        assertTimeoutPreemptively(
                SOON,
                () ->
                    assertThrows(
                        BadInputException.class,
                        () -> read("x.avro", file, schema, InputFormat.AVRO)))
            .getMessage();
    assertTrue(refusal.startsWith("x.avro: "), refusal);
    assertTrue(refusal.contains(message), refusal);
  }

  private static void refused(String message, AvroFiles file) {
    refused(message, file.bytes(), AvroFiles.USERS);
  }

  private static byte[] user(String id) throws IOException {
    return AvroFiles.encoded(
        out -> {
          out.writeString(id);
          out.writeDouble(1);
        });
  }

  private static AvroFiles users() throws IOException {
    return AvroFiles.of(AvroFiles.SCHEMA, "null").block(1, user("u0"));
  }

  /** The place of the block that follows that of {@link #users}. */
  private static String secondBlock() throws IOException {
    return "block at byte " + users().bytes().length + ": ";
  }

  @Test
  void theFileItselfIsRead() throws IOException {
    Reading reading = read("x.avro", users().bytes(), AvroFiles.USERS, InputFormat.AVRO);
    assertEquals(List.of("u0|1.0"), reading.users());
  }

  @ParameterizedTest
  @ValueSource(longs = {Integer.MAX_VALUE, Long.MAX_VALUE, -1, 1_000_000_000})
  void aBlockThatIsTooLong(long length) throws IOException {
    refused(secondBlock(), users().block(1, length, user("u1")));
    refused("a block has ", users().block(1, length, user("u1")));
  }

  @Test
  void aBlockThatCountsOtherRowsThanItHolds() throws IOException {
    refused(secondBlock(), users().block(2, user("u1")));
    refused("a block declares ", users().block(1L << 60, user("u1")));
    refused("a block declares ", users().block(-1, user("u1")));
    // Fewer rows were read.
    refused("holds more rows than it declares", users().block(0, user("u1")));
  }

  @Test
  void aTextOf2Gigabytes() throws IOException {
    byte[] row = AvroFiles.encoded(out -> out.writeLong(Integer.MAX_VALUE));
    refused(
        secondBlock() + "is not a complete Avro file: a length of 2,147,483,647",
        users().block(1, row));
  }

  @Test
  void aListOfManyNothings() throws IOException {
    AvroFiles file =
        AvroFiles.of(
            AvroFiles.schema(
                ",{\"name\":\"more\",\"type\":{\"type\":\"array\",\"items\":\"null\"}}"),
            "null");
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(user("u0"));
    row.writeBytes(AvroFiles.encoded(out -> out.writeLong(1L << 62)));
    refused("block at byte ", file.block(1, row.toByteArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"deflate", "snappy", "bzip2", "zstandard", "null"})
  void aBlockThatUnpacksToMoreThanABlockMayHave(String codec) throws IOException {
    byte[] stored =
        switch (codec) {
          case "deflate" -> deflated(300_000_000);
          // The length that Snappy's text begins with, of 2^32 - 1 and of 2^31 - 1 bytes.
          case "snappy" -> new byte[] {-1, -1, -1, -1, 7, 0, 0, 0, 0, 0};
          default -> new byte[] {1, 2, 3, 4};
        };
    refused("block at byte ", AvroFiles.of(AvroFiles.SCHEMA, codec).block(1, stored));
  }

  private static byte[] deflated(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED, true))) {
      writeZeros(out, zeros);
    }
    return bytes.toByteArray();
  }

  private static void writeZeros(java.io.OutputStream out, int zeros) throws IOException {
    byte[] some = new byte[1 << 20];
    for (int left = zeros; left > 0; left -= some.length) {
      out.write(some, 0, Math.min(left, some.length));
    }
  }

  @Test
  void schemasThatHaveNoEnd() throws IOException {
    String itself = ",{\"name\":\"next\",\"type\":\"u\"}";
    refused("the schema refers to itself", AvroFiles.of(AvroFiles.schema(itself), "null"));
    String perhaps = ",{\"name\":\"next\",\"type\":[\"null\",\"u\"]}";
    refused("the schema refers to itself", AvroFiles.of(AvroFiles.schema(perhaps), "null"));
    StringBuilder doubling = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      String part = i == 0 ? "\"null\"" : "\"r" + (i - 1) + "\"";
      doubling.append(
          ",{\"name\":\"c%d\",\"type\":{\"type\":\"record\",\"name\":\"r%d\",\"fields\":[{\"name\":\"l\",\"type\":%s},{\"name\":\"r\",\"type\":%s}]}}"
              .formatted(i, i, part, part));
    }
    refused("more than 100,000", AvroFiles.of(AvroFiles.schema(doubling.toString()), "null"));
    for (int depth : new int[] {100, 900, 100_000}) {
      String deep =
          ",{\"name\":\"deep\",\"type\":"
              + "{\"type\":\"array\",\"items\":".repeat(depth)
              + "\"null\""
              + "}".repeat(depth)
              + "}";
      refused("", AvroFiles.of(AvroFiles.schema(deep), "null"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000_000_000, 1001})
  void decimalsOfAHugeScale(int scale) throws IOException {
    UserSchema schema = new UserSchema("id", List.of(Feature.of("d")), List.of());
    String decimal =
        ",{\"name\":\"d\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\","
            + "\"precision\":%d,\"scale\":%d}}".formatted(scale, scale);
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(user("u0"));
    row.writeBytes(AvroFiles.encoded(out -> out.writeBytes(new byte[] {1})));
    byte[] file =
        AvroFiles.of(AvroFiles.schema(decimal), "null").block(1, row.toByteArray()).bytes();
    refused("column 'd' holds decimals of scale %,d".formatted(scale), file, schema);
  }

  @Test
  void decimalsOfManyDigits() throws IOException {
    UserSchema schema = new UserSchema("id", List.of(Feature.of("d")), List.of());
    String decimal =
        ",{\"name\":\"d\",\"type\":{\"type\":\"bytes\",\"logicalType\":\"decimal\","
            + "\"precision\":9,\"scale\":2}}";
    ByteArrayOutputStream row = new ByteArrayOutputStream();
    row.writeBytes(user("u0"));
    row.writeBytes(AvroFiles.encoded(out -> out.writeBytes(new byte[1_000_000])));
    byte[] file =
        AvroFiles.of(AvroFiles.schema(decimal), "null").block(1, row.toByteArray()).bytes();
    refused("is not a complete Avro file: a decimal has 1,000,000 bytes", file, schema);
  }

  @Test
  void parquetThatAsksForMuch() throws IOException {
    byte[] file = ParquetFiles.users(50);
    var footer = ParquetFiles.footer(file);
    footer
        .getRow_groups()
        .get(0)
        .getColumns()
        .get(0)
        .getMeta_data()
        .setTotal_uncompressed_size(1L << 40);
    byte[] large = ParquetFiles.withFooter(file, footer);
    String message =
        assertThrows(
                BadInputException.class,
                () -> read("x.parquet", large, ParquetFiles.SCHEMA, InputFormat.PARQUET))
            .getMessage();
    assertTrue(
        message.startsWith("x.parquet: row group 0: the columns that are read have 1,099,511,"),
        message);
  }

  /** Every byte of the pages changed, one after the other: refused or read, and never an error. */
  @Test
  void parquetWithAnyByteChanged() throws IOException {
    byte[] file = ParquetFiles.users(50);
    for (int i = 4; i < file.length; i++) {
      for (byte value : new byte[] {-1, 127, (byte) (file[i] ^ 1)}) {
        byte[] changed = file.clone();
        changed[i] = value;
        try {
          read("x.parquet", changed, ParquetFiles.SCHEMA, InputFormat.PARQUET);
        } catch (BadInputException e) {
          assertTrue(e.getMessage().startsWith("x.parquet: "), e.getMessage());
        }
      }
    }
  }

  private static byte[] gzip(int times, byte[] text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write("id,a\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (int i = 0; i < times; i++) {
        out.write(text);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void gzipThatUnpacksToVeryMuch() throws IOException {
    byte[] users =
        ("u".repeat(1000) + ",1\n")
            .repeat(256)
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    byte[] file = gzip(600, users);
    String message =
        assertThrows(
                BadInputException.class,
                () -> read("x.csv.gz", file, AvroFiles.USERS, InputFormat.CSV))
            .getMessage();
    assertTrue(message.startsWith("x.csv.gz: the first "), message);
    assertEquals(
        100 * 256,
        read("x.csv.gz", gzip(100, users), AvroFiles.USERS, InputFormat.CSV).users().size());
  }

  @Test
  void gzipWithANameWithoutAnEnd() throws IOException {
    byte[] head = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0};
    byte[] file = ByteBuffer.allocate(20_000_000).put(head).array();
    java.util.Arrays.fill(file, head.length, file.length, (byte) 'n');
    String message =
        assertThrows(
                BadInputException.class,
                () -> read("x.csv.gz", file, AvroFiles.USERS, InputFormat.CSV))
            .getMessage();
    assertTrue(message.contains("1,048,576 bytes in a row hold no content"), message);
  }
}
