package personas.table.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.MemorySource;
import personas.table.RangeOutcome;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;
import personas.text.CsvBuffer;

/** Checks row groups, compressions and types of Parquet. */
class ParquetRowReaderTest {
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("x")), List.of("d", "t", "day", "yes", "f"));
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          "message users { required int64 id; optional double x; optional double unread;"
              + " optional int64 d (DECIMAL(18,2)); optional int64 t (TIMESTAMP(MICROS,true));"
              + " optional int32 day (DATE); optional boolean yes; optional float f; }");

  @TempDir java.nio.file.Path folder;

  private MemorySource written(int rows, CompressionCodecName codec) throws IOException {
    java.nio.file.Path file = folder.resolve(codec + ".parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(TYPE)
            .withCodecFactory(new Compressors())
            .withCompressionCodec(codec)
            .withRowGroupSize(4000L)
            .build()) {
      for (int i = 0; i < rows; i++) {
        Group row = new SimpleGroup(TYPE);
        row.add("id", 1L + i);
        row.add("x", i / 8.0);
        if (i == 0) {
          row.add("d", 12345L);
          row.add("t", 1_000_001L);
          row.add("day", 1);
          row.add("yes", true);
          row.add("f", 0.1f);
        }
        writer.write(row);
      }
    }
    return new MemorySource("users.parquet", java.nio.file.Files.readAllBytes(file));
  }

  /** The JDK's and zstd's own, as the reader's opposite. */
  private static final class Compressors implements CompressionCodecFactory {
    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
      return new BytesInputCompressor() {
        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
          ByteArrayOutputStream plain = new ByteArrayOutputStream();
          bytes.writeAllTo(plain);
          ByteArrayOutputStream stored = new ByteArrayOutputStream();
          try (OutputStream out =
              switch (codec) {
                case GZIP -> new GZIPOutputStream(stored);
                case ZSTD -> new ZstdOutputStream(stored);
                default -> stored;
              }) {
            byte[] bytesOfPage = plain.toByteArray();
            out.write(
                switch (codec) {
                  case SNAPPY -> Snappy.compress(bytesOfPage);
                  case LZ4_RAW -> LZ4Factory.safeInstance().fastCompressor().compress(bytesOfPage);
                  case BROTLI -> brotli(bytesOfPage);
                  default -> bytesOfPage;
                });
          }
          return BytesInput.from(stored.toByteArray());
        }

        @Override
        public CompressionCodecName getCodecName() {
          return codec;
        }

        @Override
        public void release() {}
      };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
      throw new UnsupportedOperationException("only writes");
    }

    @Override
    public void release() {}
  }

  /** Brotli (RFC 7932) whose blocks hold their bytes as they are. */
  private static byte[] brotli(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < plain.length; at += 1 << 16) {
      int length = Math.min(1 << 16, plain.length - at);
      // A window of 16 bits before the first block; then: not the last one, 16 bits of length, and
      // the mark of bytes as they are.
      int header = at == 0 ? (length - 1) << 4 | 1 << 20 : (length - 1) << 3 | 1 << 19;
      out.write(header);
      out.write(header >>> 8);
      out.write(header >>> 16);
      out.write(plain, at, length);
    }
    out.write(3);
    return out.toByteArray();
  }

  private static List<String> read(ByteSource source, long rangeBytes) throws IOException {
    FileHeader header = FileHeader.read(source, SCHEMA, null);
    assertEquals(InputFormat.PARQUET, header.format());
    List<String> rows = new ArrayList<>();
    long next = 0;
    for (ByteRange range : RangeSplitter.of(source, SCHEMA, header.format(), rangeBytes)) {
      RangeOutcome outcome =
          new RangeReader(SCHEMA, header, 100)
              .read(
                  source,
                  range,
                  -1,
                  shard -> {
                    for (int row = 0; row < shard.rows(); row++) {
                      CsvBuffer line = new CsvBuffer();
                      shard.appendId(row, line);
                      shard.appendPassThrough(row, line);
                      ByteArrayOutputStream text = new ByteArrayOutputStream();
                      line.writeTo(text);
                      rows.add(text + " " + new BigDecimal(shard.column(0)[row]));
                    }
                  },
                  rejection -> rows.add(rejection.toString()));
      assertEquals(next, outcome.span().firstRecordStart());
      next = outcome.span().nextRecordStart();
    }
    assertEquals(rows.size(), next);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3000, Long.MAX_VALUE})
  void everyRowIsReadOnceHoweverTheFileIsCut(long rangeBytes) throws IOException {
    MemorySource source = written(5000, CompressionCodecName.UNCOMPRESSED);
    int ranges = RangeSplitter.of(source, SCHEMA, InputFormat.PARQUET, rangeBytes).size();
    assertTrue(rangeBytes == 1 ? ranges > 10 : rangeBytes > 5000 ? ranges == 1 : ranges > 2);
    List<String> rows = read(source, rangeBytes);
    assertEquals(5000, rows.size());
    assertEquals("1,123.45,1970-01-01T00:00:01.000001Z,1970-01-02,true,0.1 0", rows.get(0));
    assertEquals("4999,,,,, 624.75", rows.get(4998));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4_RAW"})
  void readsEveryCompression(String codec) throws IOException {
    assertEquals(
        read(written(500, CompressionCodecName.UNCOMPRESSED), 1),
        read(written(500, CompressionCodecName.valueOf(codec)), 1));
  }

  @Test
  void aWholeFractionIsWrittenAsAWholeId() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType("message u { required double id; required double x; }");
    java.nio.file.Path file = folder.resolve("fractions.parquet");
    double[] ids = {1234567801.0, -0.0, 1.5, 0x1p60};
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .build()) {
      for (double id : ids) {
        writer.write(new SimpleGroup(type).append("id", id).append("x", 1.0));
      }
    }
    UserSchema schema = new UserSchema("id", List.of(Feature.of("x")), List.of());
    MemorySource source =
        new MemorySource("fractions.parquet", java.nio.file.Files.readAllBytes(file));
    FileHeader header = FileHeader.read(source, schema, null);
    List<String> read = new ArrayList<>();
    new RangeReader(schema, header, 10)
        .read(
            source,
            new ByteRange("fractions.parquet", 0, Long.MAX_VALUE),
            -1,
            shard -> {
              for (int row = 0; row < shard.rows(); row++) {
                CsvBuffer line = new CsvBuffer();
                shard.appendId(row, line);
                read.add(new String(line.toByteArray(), StandardCharsets.UTF_8));
              }
            },
            rejection -> read.add(rejection.toString()));
    assertEquals(List.of("1234567801", "0", "1.5", "1.152921504606847E18"), read);
  }

  @Test
  void rejectsInvalidUtf8() throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType("message u { required binary id; required double x; }");
    java.nio.file.Path file = folder.resolve("raw.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .build()) {
      Group row = new SimpleGroup(type);
      row.add("id", Binary.fromConstantByteArray(new byte[] {'a', (byte) 0xFF}));
      row.add("x", 1.0);
      writer.write(row);
    }
    List<Rejection> rejections = new ArrayList<>();
    UserSchema schema = new UserSchema("id", List.of(Feature.of("x")), List.of());
    MemorySource source = new MemorySource("raw.parquet", java.nio.file.Files.readAllBytes(file));
    FileHeader header = FileHeader.read(source, schema, null);
    new RangeReader(schema, header, 10)
        .read(
            source,
            new ByteRange("raw.parquet", 0, Long.MAX_VALUE),
            -1,
            shard -> {
              throw new AssertionError("no user");
            },
            rejections::add);
    assertEquals(RejectReason.INVALID_UTF8, rejections.get(0).reason());
    assertEquals("a\\xff,1.0", rejections.get(0).excerpt());
  }
}
