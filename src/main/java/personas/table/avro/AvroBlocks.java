package personas.table.avro;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import personas.table.bytes.HeapShare;

/**
 * The blocks of an Avro container file, one after the other. It takes the place of the library's
 * reader, which allocates up to two gigabytes before it has read a block, and reads fewer rows
 * where a block counts fewer than it holds.
 */
final class AvroBlocks implements Closeable {
  private static final int LEAST_BLOCK_BYTES = 1 << 24;
  private static final int MOST_BLOCK_BYTES = 1 << 27;

  /** Stored and uncompressed, all blocks under way take this part of the heap at most. */
  private static final int HEAP_PARTS = 4;

  private final AvroBytes in;
  private final byte[] sync;
  private final String codec;
  private final int mostBytes =
      (int) Math.min(MOST_BLOCK_BYTES, HeapShare.ofThread(2 * HEAP_PARTS, LEAST_BLOCK_BYTES));
  private long start;
  private long rows;

  /**
   * Reads blocks.
   *
   * @param in stands where a block starts; it is closed with this
   */
  AvroBlocks(AvroBytes in, AvroHeader header) {
    this.in = in;
    this.sync = header.sync();
    this.codec = header.codec();
    this.start = in.position();
  }

  /** Where in the file the last block stands, for messages. */
  String place() {
    return ": block at byte " + start;
  }

  /** The rows that the last block counts. */
  long rows() {
    return rows;
  }

  /** The position of the block that follows the last one; the end of the file if none does. */
  long nextStart() {
    return in.position();
  }

  /** The uncompressed bytes of the next block; null where there is none. */
  byte[] next() throws IOException {
    if (!readRows()) {
      return null;
    }
    byte[] stored = in.exactly(in.length("a block", mostBytes));
    checkMarker();
    byte[] plain = AvroCodecs.uncompress(codec, stored, mostBytes);
    checkRows(plain.length);
    return plain;
  }

  /**
   * Skips the next block.
   *
   * @return false if there is none
   */
  boolean skip() throws IOException {
    if (!readRows()) {
      return false;
    }
    in.skip(in.length("a block", mostBytes));
    checkMarker();
    checkRows(mostBytes);
    return true;
  }

  private boolean readRows() throws IOException {
    start = in.position();
    int first = in.read();
    if (first < 0) {
      return false;
    }
    rows = in.number(first);
    return true;
  }

  private void checkMarker() throws IOException {
    if (!Arrays.equals(sync, in.exactly(AvroHeader.SYNC_BYTES))) {
      throw new IOException("a block does not end with the file's marker");
    }
  }

  private void checkRows(int bytes) throws IOException {
    if (rows < 0 || rows > bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a block counts %,d rows in %,d bytes; a row has at least one byte",
              rows,
              bytes));
    }
  }

  /** Why the last block cannot be read. */
  IOException refuse(Exception cause) {
    return in.refuse(place(), cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
