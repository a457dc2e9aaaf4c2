package personas.table.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import personas.table.ledger.BadInputException;

/**
 * A window on the bytes of a file, in which one whole record fits. The scanners read its fields
 * directly: {@code bytes[at..limit)} is what is ahead.
 */
public final class RecordBuffer {
  /**
   * How much is held at a time. Results depend on {@code recordBytes} alone, never on how wide the
   * window happens to be; tests hold that with tiny ones.
   *
   * @param windowBytes the width to start with
   * @param recordBytes the longest record that is read, its line feed not counted; a longer one is
   *     rejected
   * @param lineBytes the longest line that is skipped, at least {@code recordBytes}; a file with a
   *     longer one is refused. Each range that starts inside a line reads to the end of that line,
   *     so without a limit the time grows with the square of the length
   * @param idBytes the longest user id
   */
  public record Limits(int windowBytes, int recordBytes, int lineBytes, int idBytes) {
    private static final int MOST_LINE_BYTES = 1 << 27;

    /** A user id is a name, not a document. */
    public static final int MOST_ID_BYTES = 1024;

    public static final Limits DEFAULT = new Limits(1 << 18, 1 << 20);

    /**
     * For assignments that this program wrote from records within {@link #DEFAULT}. The guard
     * against formulas adds one byte to an id, quotes double a pass-through text at most, and the
     * other columns hold names of personas and numbers.
     */
    public static final Limits ASSIGNMENTS =
        new Limits(1 << 18, 1 << 22, MOST_LINE_BYTES, MOST_ID_BYTES + 1);

    public Limits(int windowBytes, int recordBytes, int lineBytes) {
      this(windowBytes, recordBytes, lineBytes, MOST_ID_BYTES);
    }

    public Limits(int windowBytes, int recordBytes) {
      this(windowBytes, recordBytes, MOST_LINE_BYTES);
    }
  }

  public byte[] bytes;
  public int at;
  public int limit;

  private final String source;
  private final InputStream in;
  private final int recordBytes;
  private final int lineBytes;
  private long offset;
  private boolean ended;

  /** The line of the byte at {@link #counted}; negative if lines are not counted. */
  private long line = -1;

  /** The position in the file up to which the line feeds are counted. */
  private long counted;

  /**
   * @param source names the file in messages
   * @param offset the position in the file of the next byte of {@code in}
   */
  public RecordBuffer(String source, InputStream in, long offset, Limits limits) {
    this.source = source;
    this.in = in;
    this.offset = offset;
    this.bytes = new byte[limits.windowBytes()];
    this.recordBytes = limits.recordBytes();
    this.lineBytes = limits.lineBytes();
  }

  /** The position in the file of the next record. */
  public long position() {
    return offset + at;
  }

  /**
   * Counts lines from here on.
   *
   * @param first the number of the line at the position
   */
  public void countLines(long first) {
    line = first;
    counted = position();
  }

  /** Whether lines are counted. */
  public boolean countsLines() {
    return line >= 0;
  }

  /** The number of the line at the position, if lines are counted. */
  public long line() {
    countLineFeeds();
    return line;
  }

  private void countLineFeeds() {
    for (int p = (int) (counted - offset); p < at; p++) {
      line += bytes[p] == '\n' ? 1 : 0;
    }
    counted = position();
  }

  /** One past the last byte that a record at {@code at} may have, as far as the window reaches. */
  public int recordLimit() {
    return Math.min(limit, at + recordBytes + 1);
  }

  /** Whether the window holds more than the longest record. */
  public boolean isTooLong() {
    return limit - at > recordBytes;
  }

  /**
   * Brings in more bytes behind {@code limit}; what lies before {@code at} is given up, so all
   * indexes move.
   *
   * @return false where the file has ended or the window is as wide as a record may be
   */
  public boolean more() throws IOException {
    return !isTooLong() && fill();
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (countsLines()) {
      countLineFeeds();
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

  /**
   * What stands for the id of a user without one: the number of the line, if lines are counted, or
   * else the source and the position.
   */
  public byte[] placeOfRecord() {
    String place = countsLines() ? Long.toString(line()) : source + ":" + position();
    return place.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether no byte is left. */
  public boolean atEnd() throws IOException {
    return at == limit && !fill();
  }

  /**
   * The index of the line feed that ends the line at {@code at}; {@code at + most} where the line
   * is longer than {@code most} bytes; else the end of the file. Indexes may move.
   */
  public int lineEnd(int most) throws IOException {
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

  /**
   * Moves behind the next line feed, or to the end of the file, in bounded memory.
   *
   * @throws BadInputException if no line feed follows within the longest line
   */
  public void skipLine() throws IOException {
    long start = position();
    while (!atEnd()) {
      int end = (int) Math.min(limit, at + (lineBytes + 1L) - (position() - start));
      while (at < end) {
        if (bytes[at++] == '\n') {
          return;
        }
      }
      if (position() - start > lineBytes) {
        throw new BadInputException(
            String.format(
                Locale.ROOT,
                "%s: no line ends between bytes %,d and %,d; a line has at most %,d bytes. Is the"
                    + " file a table with one record a line?",
                source,
                start,
                position(),
                lineBytes));
      }
    }
  }
}
