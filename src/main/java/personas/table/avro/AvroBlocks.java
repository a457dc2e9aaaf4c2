package personas.table.avro;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import personas.table.bytes.HeapShare;

/**
 * Reads the blocks of an Avro container file one by one. It replaces the library's reader, which
 * allocates up to two gigabytes before it has read a block, and does not notice a block that holds
 * more rows than it declares.
 */
final class AvroBlocks implements Closeable {
  /** The maximum size of a block in a small heap. */
  private static final int SMALL_HEAP_BLOCK_BYTES = 1 << 24;

  /** The maximum size of a block in a large heap. */
  private static final int LARGE_HEAP_BLOCK_BYTES = 1 << 27;

  /** The blocks of all threads, stored and uncompressed, use at most one quarter of the heap. */
  private static final int HEAP_PARTS = 4;

  private final AvroBytes in;
  private final byte[] sync;
  private final String codec;

  /** The maximum size of a block in bytes, stored and uncompressed. */
  private final int maxBytes =
      (int)
          Math.min(
              LARGE_HEAP_BLOCK_BYTES, HeapShare.ofThread(2 * HEAP_PARTS, SMALL_HEAP_BLOCK_BYTES));

  private long start;
  private long rows;

  /**
   * Creates a reader of blocks.
   *
   * @param in the bytes from the start of a block on; closed with this reader
   */
  AvroBlocks(AvroBytes in, AvroHeader header) {
    this.in = in;
    this.sync = header.sync();
    this.codec = header.codec();
    this.start = in.position();
  }

  /** Returns where the last block is, as a part of a message. */
  String place() {
    return ": block at byte " + start;
  }

  /** Returns the number of rows that the last block declares. */
  long rows() {
    return rows;
  }

  /** Returns the position of the next block, or the end of the file. */
  long nextStart() {
    return in.position();
  }

  /** Returns the uncompressed bytes of the next block, or null at the end of the file. */
  byte[] next() throws IOException {
    if (!readRows()) {
      return null;
    }
    byte[] stored = in.exactly(in.length("a block", maxBytes));
    checkMarker();
    byte[] plain = AvroCodecs.uncompress(codec, stored, maxBytes);
    checkRows("in ", plain.length);
    return plain;
  }

  /**
   * Skips the next block.
   *
   * @return false at the end of the file
   */
  boolean skip() throws IOException {
    if (!readRows()) {
      return false;
    }
    in.skip(in.length("a block", maxBytes));
    checkMarker();
    checkRows("in at most ", maxBytes);
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

  private void checkRows(String preposition, int bytes) throws IOException {
    if (rows < 0 || rows > bytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a block declares %,d rows %s%,d bytes; a row has at least one byte",
              rows,
              preposition,
              bytes));
    }
  }

  /** Returns an exception that says why the last block cannot be read. */
  IOException exceptionFor(Exception cause) {
    return in.exceptionFor(place(), cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
