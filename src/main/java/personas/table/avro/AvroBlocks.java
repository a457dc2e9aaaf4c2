package personas.table.avro;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import personas.table.bytes.HeapShare;

/**
 * The blocks of an Avro container file, one after the other. It takes the place of the library's
 * reader, which allocates up to two gigabytes before it has read a block, and reads fewer rows
 * where a block counts fewer than it holds.
 */
final class AvroBlocks implements Closeable {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int SYNC_BYTES = 16;
  private static final int MOST_HEADER_BYTES = 1 << 24;
  private static final int LEAST_BLOCK_BYTES = 1 << 24;
  private static final int MOST_BLOCK_BYTES = 1 << 27;

  /** Stored and uncompressed, all blocks under way take this part of the heap at most. */
  private static final int HEAP_PARTS = 4;

  private final InputStream in;
  private final Map<String, byte[]> metadata = new HashMap<>();
  private final byte[] sync;
  private final String codec;
  private final int mostBytes =
      (int) Math.min(MOST_BLOCK_BYTES, HeapShare.ofThread(2 * HEAP_PARTS, LEAST_BLOCK_BYTES));
  private long block = -1;
  private long rows;

  /** Reads the header; the caller closes. */
  AvroBlocks(InputStream in) throws IOException {
    this.in = in;
    if (!Arrays.equals(MAGIC, in.readNBytes(MAGIC.length))) {
      throw new IOException("it does not begin with the letters of an Avro file");
    }
    readMetadata();
    this.sync = exactly(SYNC_BYTES);
    this.codec =
        new String(metadata.getOrDefault("avro.codec", bytes("null")), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void readMetadata() throws IOException {
    int left = MOST_HEADER_BYTES;
    for (long count = number(); count != 0; count = number()) {
      if (count < 0) {
        number();
      }
      for (long i = Math.abs(count); i != 0; i--) {
        byte[] key = exactly(length("a key of the header", left));
        byte[] value = exactly(length("a value of the header", left));
        // One more each for its length: a header cannot have a key without an end.
        left -= key.length + value.length + 2;
        metadata.put(new String(key, StandardCharsets.UTF_8), value);
      }
    }
  }

  /** The schema of the rows, as JSON. */
  String schema() throws IOException {
    byte[] schema = metadata.get("avro.schema");
    if (schema == null) {
      throw new IOException("its header has no schema");
    }
    return new String(schema, StandardCharsets.UTF_8);
  }

  byte[] sync() {
    return sync;
  }

  /** The number of the block that was read last, counted from 0. */
  long blockNumber() {
    return block;
  }

  /** The rows that the block counts that was read last. */
  long rows() {
    return rows;
  }

  /** The uncompressed bytes of the next block; null where there is none. */
  byte[] next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    block++;
    rows = number(first);
    byte[] stored = exactly(length("a block", mostBytes));
    if (!Arrays.equals(sync, exactly(SYNC_BYTES))) {
      throw new IOException("a block does not end with the file's marker");
    }
    byte[] plain = AvroCodecs.uncompress(codec, stored, mostBytes);
    if (rows < 0 || rows > plain.length) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a block counts %,d rows in %,d bytes; a row has at least one byte",
              rows,
              plain.length));
    }
    return plain;
  }

  private int length(String what, int most) throws IOException {
    long length = number();
    if (length < 0 || length > most) {
      throw new IOException(
          String.format(
              Locale.ROOT, "%s has %,d bytes; %,d are allowed", what, length, Math.max(0, most)));
    }
    return (int) length;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("it ends within a block");
    }
    return bytes;
  }

  private long number() throws IOException {
    return number(in.read());
  }

  private long number(int first) throws IOException {
    long value = 0;
    int b = first;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (b < 0) {
        throw new EOFException("it ends within a block");
      }
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
      b = in.read();
    }
    throw new IOException("a length has more than 64 bits");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
