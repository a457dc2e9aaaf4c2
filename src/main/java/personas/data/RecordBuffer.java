package personas.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window on the bytes of a file, in which one whole record fits. The scanners read its fields
 * directly: {@code bytes[at..limit)} is what is ahead.
 */
final class RecordBuffer {
  /**
   * How much is held at a time. Results depend on {@code recordBytes} alone, never on how wide the
   * window happens to be; tests hold that with tiny ones.
   *
   * @param windowBytes the width to start with
   * @param recordBytes the longest record that is read, its line feed not counted; a longer one is
   *     rejected
   */
  record Limits(int windowBytes, int recordBytes) {
    static final Limits DEFAULT = new Limits(1 << 18, 1 << 20);
  }

  byte[] bytes;
  int at;
  int limit;

  private final InputStream in;
  private final int recordBytes;
  private long offset;
  private boolean ended;

  /**
   * @param offset the position in the file of the next byte of {@code in}
   */
  RecordBuffer(InputStream in, long offset, Limits limits) {
    this.in = in;
    this.offset = offset;
    this.bytes = new byte[limits.windowBytes()];
    this.recordBytes = limits.recordBytes();
  }

  /** The position in the file of the next record. */
  long position() {
    return offset + at;
  }

  /** One past the last byte that a record at {@code at} may have, as far as the window reaches. */
  int recordLimit() {
    return Math.min(limit, at + recordBytes + 1);
  }

  /** Whether the window holds more than the longest record. */
  boolean isTooLong() {
    return limit - at > recordBytes;
  }

  /**
   * Brings in more bytes behind {@code limit}; what lies before {@code at} is given up, so all
   * indexes move.
   *
   * @return false where the file has ended or the window is as wide as a record may be
   */
  boolean more() throws IOException {
    return !isTooLong() && fill();
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    System.arraycopy(bytes, at, bytes, 0, limit - at);
    offset += at;
    limit -= at;
    at = 0;
    if (limit > bytes.length / 2) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    int read = in.readNBytes(bytes, limit, bytes.length - limit);
    limit += read;
    ended = limit < bytes.length;
    return read > 0;
  }

  /** Whether no byte is left. */
  boolean atEnd() throws IOException {
    return at == limit && !fill();
  }

  /**
   * The index of the line feed that ends the line at {@code at}; {@code at + most} where the line
   * is longer than {@code most} bytes; else the end of the file. Indexes may move.
   */
  int lineEnd(int most) throws IOException {
    int length = 0;
    while (true) {
      int end = Math.min(limit, at + most);
      for (int p = at + length; p < end; p++) {
        if (bytes[p] == '\n') {
          return p;
        }
      }
      length = end - at;
      if (length == most || !fill()) {
        return at + length;
      }
    }
  }

  /** Moves behind the next line feed, or to the end of the file, in bounded memory. */
  void skipLine() throws IOException {
    while (!atEnd()) {
      while (at < limit) {
        if (bytes[at++] == '\n') {
          return;
        }
      }
    }
  }
}
