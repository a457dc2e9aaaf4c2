package personas.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import personas.feature.Feature;
import personas.feature.UserSchema;

/** Writes Avro container files value by value, so that each value can be wrong. */
final class AvroFiles {
  /** What {@link #SCHEMA} can be read as. */
  static final UserSchema USERS =
      new UserSchema("id", java.util.List.of(Feature.of("a")), java.util.List.of());

  static final String SCHEMA = schema("");

  private static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** Writes values into a block. */
  interface Values {
    void write(BinaryEncoder out) throws IOException;
  }

  private AvroFiles() {}

  /** The schema of users with more columns, each with a comma before it. */
  static String schema(String more) {
    return "{\"type\":\"record\",\"name\":\"u\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},"
        + "{\"name\":\"a\",\"type\":\"double\"}"
        + more
        + "]}";
  }

  /** The marker that ends the header and each block. */
  static byte[] marker() {
    return SYNC.clone();
  }

  static AvroFiles of(String schema, String codec) throws IOException {
    AvroFiles file = new AvroFiles();
    file.file.writeBytes(new byte[] {'O', 'b', 'j', 1});
    file.file.writeBytes(
        encoded(
            out -> {
              out.writeLong(2);
              out.writeString("avro.schema");
              out.writeBytes(schema.getBytes(StandardCharsets.UTF_8));
              out.writeString("avro.codec");
              out.writeBytes(codec.getBytes(StandardCharsets.UTF_8));
              out.writeLong(0);
            }));
    file.file.writeBytes(SYNC);
    return file;
  }

  static byte[] encoded(Values values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
    values.write(out);
    out.flush();
    return bytes.toByteArray();
  }

  /** Adds a block that counts so many rows, and says that it has so many bytes. */
  AvroFiles block(long rows, long length, byte[] stored) throws IOException {
    file.writeBytes(
        encoded(
            out -> {
              out.writeLong(rows);
              out.writeLong(length);
            }));
    file.writeBytes(stored);
    file.writeBytes(SYNC);
    return this;
  }

  AvroFiles block(long rows, byte[] stored) throws IOException {
    return block(rows, stored.length, stored);
  }

  byte[] bytes() {
    return file.toByteArray();
  }
}
