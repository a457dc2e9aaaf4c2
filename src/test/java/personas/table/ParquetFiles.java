package personas.table;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import personas.feature.Feature;
import personas.feature.UserSchema;

/** Small Parquet files, and the same files with another footer. */
public final class ParquetFiles {
  /** What {@link #users} can be read as. */
  public static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a")), List.of("d", "note"));

  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          "message users { required int64 id; optional double a;"
              + " optional int64 d (DECIMAL(18,2)); optional binary note (STRING); }");
  private static final int TAIL_BYTES = 8;

  private ParquetFiles() {}

  /** A file of so many users in row groups of about a hundred. */
  public static byte[] users(int rows) throws IOException {
    Path folder = Files.createTempDirectory("parquet");
    Path file = folder.resolve("users.parquet");
    try {
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withConf(new PlainParquetConfiguration())
              .withType(TYPE)
              .withRowGroupSize(1000L)
              .build()) {
        for (int i = 0; i < rows; i++) {
          Group row = new SimpleGroup(TYPE);
          row.add("id", 1L + i);
          row.add("a", i / 8.0);
          row.add("d", 100L * i + 25);
          row.add("note", "user " + i % 7);
          writer.write(row);
        }
      }
      return Files.readAllBytes(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static int footerLength(byte[] file) {
    return ByteBuffer.wrap(file, file.length - TAIL_BYTES, Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }

  public static FileMetaData footer(byte[] file) throws IOException {
    int start = file.length - TAIL_BYTES - footerLength(file);
    return Util.readFileMetaData(new ByteArrayInputStream(file, start, footerLength(file)));
  }

  public static byte[] withFooter(byte[] file, FileMetaData footer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    return withFooter(file, bytes.toByteArray());
  }

  public static byte[] withFooter(byte[] file, byte[] footer) {
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.writeBytes(Arrays.copyOf(file, file.length - TAIL_BYTES - footerLength(file)));
    changed.writeBytes(footer);
    changed.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(footer.length)
            .array());
    changed.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
    return changed.toByteArray();
  }
}
