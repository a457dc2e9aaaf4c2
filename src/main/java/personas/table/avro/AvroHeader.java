package personas.table.avro;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The header of an Avro container file: the schema, the compression and the marker of blocks. */
final class AvroHeader {
  /** The number of bytes of the marker that ends the header and each block. */
  static final int SYNC_BYTES = 16;

  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int MAX_BYTES = 1 << 24;

  private final Map<String, byte[]> metadata = new HashMap<>();
  private final byte[] sync;
  private final long end;

  private AvroHeader(AvroBytes in) throws IOException {
    if (!Arrays.equals(MAGIC, in.exactly(MAGIC.length))) {
      throw new IOException("the file does not begin with the letters of an Avro file");
    }
    readMetadata(in);
    sync = in.exactly(SYNC_BYTES);
    end = in.position();
  }

  /** Reads the header of a file that was opened at the beginning. */
  static AvroHeader read(AvroBytes in) throws IOException {
    return new AvroHeader(in);
  }

  private void readMetadata(AvroBytes in) throws IOException {
    int remaining = MAX_BYTES;
    for (long count = in.number(); count != 0; count = in.number()) {
      if (count < 0) {
        in.number();
      }
      for (long i = Math.abs(count); i != 0; i--) {
        byte[] key = in.exactly(in.length("a key of the header", remaining));
        byte[] value = in.exactly(in.length("a value of the header", remaining));
        // A key and a value also count a byte each for their lengths, so that a header with too
        // many empty keys is refused.
        remaining -= key.length + value.length + 2;
        metadata.put(new String(key, StandardCharsets.UTF_8), value);
      }
    }
  }

  /** Returns the schema of the rows as JSON. */
  String schema() throws IOException {
    byte[] schema = metadata.get("avro.schema");
    if (schema == null) {
      throw new IOException("the header does not hold a schema");
    }
    return new String(schema, StandardCharsets.UTF_8);
  }

  /** Returns the name of the compression of the blocks. */
  String codec() {
    byte[] codec = metadata.get("avro.codec");
    return codec == null ? "null" : new String(codec, StandardCharsets.UTF_8);
  }

  /** Returns the marker that ends the header and each block. */
  byte[] sync() {
    return sync.clone();
  }

  /** Returns the position of the first block. */
  long end() {
    return end;
  }
}
