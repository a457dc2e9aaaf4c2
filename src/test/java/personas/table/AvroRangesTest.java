package personas.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.avro.AvroRanges;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.BadInputException;
import personas.table.read.FileHeader;
import personas.table.read.RangeChain;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;

/**
 * Checks that an Avro file gives the same users, rejections and row numbers in ranges of any size.
 */
class AvroRangesTest {
  private static final long SEED = 20261129;

  /** A file of fewer bytes is also cut into ranges of one byte. */
  private static final int SMALL = 400;

  private static final int FILES = 15;
  private static final UserSchema WITHOUT_ID =
      new UserSchema(null, List.of(Feature.of("a")), List.of("id"));

  private static Reading whole(byte[] file, UserSchema schema) throws IOException {
    return Reading.whole(source(file), schema, InputFormat.AVRO, Reading.Way.DEFAULT);
  }

  private static Reading ranges(byte[] file, UserSchema schema, long rangeBytes)
      throws IOException {
    List<ByteRange> ranges = RangeSplitter.of(source(file), schema, InputFormat.AVRO, rangeBytes);
    return Reading.of(source(file), schema, InputFormat.AVRO, Reading.Way.DEFAULT, ranges);
  }

  private static ByteSource source(byte[] file) {
    return new MemorySource("x.avro", file);
  }

  /** Requires the same reading in ranges of many sizes, with ids and with row numbers as ids. */
  private static void hold(byte[] file) throws IOException {
    for (UserSchema schema : List.of(AvroFiles.USERS, WITHOUT_ID)) {
      Reading whole = whole(file, schema);
      if (file.length < SMALL) {
        assertEquals(whole, ranges(file, schema, 1), "ranges of a byte");
      }
      for (long bytes : new long[] {file.length / 80 + 1, 257, file.length, 1 << 20}) {
        assertEquals(whole, ranges(file, schema, bytes), "ranges of " + bytes);
      }
      Random random = new Random(SEED + file.length);
      for (int i = 0; i < 5; i++) {
        long first = random.nextInt(file.length + 1);
        long second = first + random.nextInt((int) (file.length + 1 - first));
        Reading cut =
            Reading.cut(source(file), schema, InputFormat.AVRO, Reading.Way.DEFAULT, first, second);
        assertEquals(whole, cut, "cut at " + first + " and " + second);
      }
    }
  }

  private static void writeUser(org.apache.avro.io.BinaryEncoder out, String id, double a)
      throws IOException {
    out.writeString(id);
    out.writeDouble(a);
  }

  private static byte[] users(int from, int to) throws IOException {
    return AvroFiles.encoded(
        out -> {
          for (int i = from; i < to; i++) {
            // Every fifth row is rejected, by its number.
            writeUser(out, "u" + i, i % 5 == 4 ? Double.NaN : i);
          }
        });
  }

  private static AvroFiles file() throws IOException {
    return AvroFiles.of(AvroFiles.SCHEMA, "null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "snappy", "bzip2", "zstandard"})
  void everyCompressionOfTheLibrary(String codec) throws IOException {
    Schema schema = new Schema.Parser().parse(AvroFiles.SCHEMA);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Random random = new Random(SEED);
    try (DataFileWriter<GenericData.Record> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.fromString(codec)).create(schema, bytes);
      for (int i = 0; i < 300; i++) {
        GenericData.Record user = new GenericData.Record(schema);
        user.put("id", "u" + i);
        user.put("a", i % 5 == 4 ? Double.NaN : random.nextGaussian());
        writer.append(user);
        if (random.nextInt(20) == 0) {
          writer.sync();
        }
      }
    }
    Reading whole = whole(bytes.toByteArray(), AvroFiles.USERS);
    assertEquals(240, whole.users().size());
    assertTrue(whole.rejections().get(59).contains("position=299,"), whole.rejections().get(59));
    hold(bytes.toByteArray());
  }

  @Test
  void noBlockOneBlockAndABlockWithoutRows() throws IOException {
    hold(file().bytes());
    hold(file().block(7, users(0, 7)).bytes());
    hold(file().block(0, new byte[0]).bytes());
    hold(
        file()
            .block(0, new byte[0])
            .block(3, users(0, 3))
            .block(0, new byte[0])
            .block(9, users(3, 12))
            .bytes());
  }

  @Test
  void blocksOfManySizesOfWhichSomeAreLargerThanARange() throws IOException {
    for (int file = 0; file < FILES; file++) {
      Random random = new Random(SEED + file);
      AvroFiles blocks = file();
      int user = 0;
      for (int block = random.nextInt(12); block >= 0; block--) {
        int rows = random.nextInt(4) == 0 ? random.nextInt(60) : 1 + random.nextInt(5);
        blocks.block(rows, users(user, user + rows));
        user += rows;
      }
      hold(blocks.bytes());
    }
  }

  /** The parallel part: no range but the first has users before its rows have numbers. */
  @Test
  void eachRangeReadsItsOwnBlocks() throws IOException {
    AvroFiles blocks = file();
    for (int block = 0; block < 40; block++) {
      blocks.block(10, users(10 * block, 10 * block + 10));
    }
    ByteSource source = source(blocks.bytes());
    FileHeader header = FileHeader.read(source, AvroFiles.USERS, null);
    RangeReader reader = new RangeReader(AvroFiles.USERS, header, 100);
    List<ByteRange> ranges =
        RangeSplitter.of(source, AvroFiles.USERS, header.format(), source.size() / 4 + 1);
    assertEquals(4, ranges.size());
    List<RangeBoundaries> boundaries = new ArrayList<>();
    for (ByteRange range : ranges) {
      RangeOutcome counted = reader.read(source, range, -1, shard -> {}, rejection -> {});
      assertEquals(range.start() == 0 ? 100 : 0, counted.ledger().read());
      assertEquals(100, counted.span().rows());
      boundaries.add(new RangeBoundaries(range, "", List.of(counted.span())));
    }
    List<RangeChain.Link> links =
        RangeChain.settle(
            boundaries,
            (range, start) -> {
              throw new IllegalStateException("every range found its first block");
            });
    assertEquals(
        List.of(0L, 100L, 200L, 300L), links.stream().map(RangeChain.Link::rowsBefore).toList());
    assertEquals(
        List.of(false, true, true, true), links.stream().map(RangeChain.Link::isMisread).toList());
  }

  /** Texts that hold the marker, and texts that hold whole blocks of the file. */
  @Test
  void markersInsideOfRows() throws IOException {
    byte[] marker = AvroFiles.marker();
    byte[] block = users(0, 3);
    ByteArrayOutputStream blocks = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      blocks.writeBytes(marker);
      blocks.writeBytes(
          AvroFiles.encoded(
              out -> {
                out.writeLong(3);
                out.writeLong(block.length);
              }));
      blocks.writeBytes(block);
    }
    // The last one ends the text in the middle of a block that would reach beyond its row.
    byte[][] texts = {
      marker,
      concat(marker, marker),
      concat(blocks.toByteArray(), marker),
      blocks.toByteArray(),
      concat(marker, new byte[] {2, 40})
    };
    AvroFiles file = file();
    int row = 0;
    for (int i = 0; i < 10; i++) {
      byte[] text = texts[i % texts.length];
      byte[] rows =
          AvroFiles.encoded(
              out -> {
                out.writeBytes(text);
                out.writeDouble(1);
                out.writeBytes(text);
                out.writeDouble(Double.NaN);
              });
      file.block(2, rows);
      file.block(2, users(row, row + 2));
      row += 2;
    }
    hold(file.bytes());
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  /** Each byte changed: the file is refused in ranges of any size, or in none and read alike. */
  @Test
  void aDamagedFileIsRefusedInRangesOfAnySize() throws IOException {
    byte[] file =
        file()
            .block(3, users(0, 3))
            .block(6, users(3, 9))
            .block(1, users(9, 10))
            .block(4, users(10, 14))
            .bytes();
    int refused = 0;
    for (int i = 0; i < file.length; i++) {
      for (byte value : new byte[] {-1, (byte) (file[i] ^ 1)}) {
        byte[] changed = file.clone();
        changed[i] = value;
        refused += holdsAnyBytes(changed) ? 0 : 1;
      }
    }
    assertTrue(refused > file.length / 2, refused + " refused");
    for (int length = 0; length < file.length; length++) {
      holdsAnyBytes(java.util.Arrays.copyOf(file, length));
    }
  }

  /** Returns whether the file is read. */
  private static boolean holdsAnyBytes(byte[] file) throws IOException {
    Reading whole;
    try {
      whole = whole(file, WITHOUT_ID);
    } catch (BadInputException e) {
      for (long bytes : new long[] {27, 90}) {
        BadInputException refusal =
            assertThrows(BadInputException.class, () -> ranges(file, WITHOUT_ID, bytes));
        assertTrue(refusal.getMessage().startsWith("x.avro: "), refusal.getMessage());
      }
      return false;
    }
    for (long bytes : new long[] {27, 90}) {
      assertEquals(whole, ranges(file, WITHOUT_ID, bytes), "ranges of " + bytes);
    }
    return true;
  }

  /** A failing storage is not a damaged file, and no assumption about its blocks. */
  @Test
  void throwsAFailureOfTheStorageUnchanged() throws IOException {
    byte[] file = file().block(3, users(0, 3)).block(6, users(3, 9)).bytes();
    ByteSource failing =
        new ByteSource() {
          @Override
          public String name() {
            return "x.avro";
          }

          @Override
          public long size() {
            return file.length;
          }

          @Override
          public java.io.InputStream open(long position) throws IOException {
            return position == 0
                ? source(file).open(0)
                : new java.io.InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("the storage is away");
                  }

                  @Override
                  public int read(byte[] bytes, int from, int length) throws IOException {
                    return read();
                  }
                };
          }
        };
    ByteRange range =
        new ByteRange("x.avro", file.length - 80, file.length, ByteRange.UNKNOWN_ROWS);
    IOException failure = assertThrows(IOException.class, () -> AvroRanges.find(failing, range));
    assertEquals("the storage is away", failure.getMessage());
  }

  @Test
  void theMessageOfADamagedBlockNamesItsFirstByte() throws IOException {
    byte[] start = file().block(3, users(0, 3)).bytes();
    byte[] file =
        file()
            .block(3, users(0, 3))
            .block(2, "no rows".getBytes(StandardCharsets.US_ASCII))
            .bytes();
    for (long bytes : new long[] {1, 40, file.length}) {
      String message =
          assertThrows(BadInputException.class, () -> ranges(file, AvroFiles.USERS, bytes))
              .getMessage();
      assertTrue(
          message.startsWith(
              "x.avro: block at byte " + start.length + ": is not a complete Avro file: "),
          message);
    }
  }
}
