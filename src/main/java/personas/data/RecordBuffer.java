package personas.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window on the bytes of a file, in which one whole record fits. The scanners read its fields
 * directly: {@code bytes[at..limit)} is what is ahead.
 */
final class RecordBuffer {
  /** The longest record that is read; a longer one is rejected. */
  static final int MOST_RECORD_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 1 << 18;

  byte[] bytes = new byte[FIRST_BYTES];
  int at;
  int limit;

  private final InputStream in;
  private long offset;
  private boolean ended;

  /**
   * @param offset the position in the file of the next byte of {@code in}
   */
  RecordBuffer(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /** The position in the file of the next record. */
  long position() {
    return offset + at;
  }

  /**
   * Brings in more bytes behind {@code limit}; what lies before {@code at} is given up, so all
   * indexes move.
   *
   * @return false where the file has ended or the window is as wide as a record may be
   */
  boolean more() throws IOException {
    if (ended || limit - at > MOST_RECORD_BYTES) {
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
    return at == limit && !more();
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
