package personas.table.record;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import personas.math.Require;
import personas.table.ledger.BadInputException;
import personas.table.ledger.RecordPlace;

/**
 * A window on the bytes of a file that holds one complete record. Scanners use the fields directly
 * for speed: {@code bytes[at..limit)} are the bytes that have not been read.
 */
public final class RecordBuffer {
  /**
   * The limits of sizes in bytes. Results depend on {@code recordBytes}, {@code lineBytes} and
   * {@code idBytes}, never on the size of the window.
   *
   * @param windowBytes the initial size of the window
   * @param recordBytes the maximum size of a record without its line feed; a longer record is
   *     rejected
   * @param lineBytes the maximum size of a line that is skipped, at least {@code recordBytes}; a
   *     file with a longer line is refused. Each range that starts inside a line reads to the end
   *     of this line, so without a limit the time would grow with the square of the length
   * @param idBytes the maximum size of a user id
   */
  public record Limits(int windowBytes, int recordBytes, int lineBytes, int idBytes) {
    private static final int MAX_LINE_BYTES = 1 << 27;

    /** The maximum size of a user id in an input. */
    public static final int MAX_ID_BYTES = 1024;

    /** The limits for the records of an input. */
    public static final Limits DEFAULT = new Limits(1 << 18, 1 << 20);

    /**
     * The limits for assignments of a run whose input is within {@link #DEFAULT}. The guard against
     * formulas adds one byte to an id. A record has up to four times as many bytes, because quotes
     * may double a pass-through text, and the other columns add names and numbers.
     */
    public static final Limits ASSIGNMENTS =
        new Limits(1 << 18, 1 << 22, MAX_LINE_BYTES, MAX_ID_BYTES + 1);

    public Limits {
      Require.atLeast(1, "windowBytes", windowBytes);
      Require.atLeast(1, "recordBytes", recordBytes);
      Require.atLeast(1, "lineBytes", lineBytes);
      Require.atLeast(1, "idBytes", idBytes);
    }

    /** Creates limits with the default size of a user id. */
    public Limits(int windowBytes, int recordBytes, int lineBytes) {
      this(windowBytes, recordBytes, lineBytes, MAX_ID_BYTES);
    }

    /** Creates limits with the default sizes of a line and a user id. */
    public Limits(int windowBytes, int recordBytes) {
      this(windowBytes, recordBytes, MAX_LINE_BYTES);
    }
  }

  /** The window. */
  public byte[] bytes;

  /** The index in the window of the next byte to read. */
  public int at;

  /** The index after the last byte in the window. */
  public int limit;

  private final String source;
  private final InputStream in;
  private final int recordBytes;
  private final int lineBytes;

  /** The position in the file of the first byte of the window. */
  private long offset;

  private boolean hasEnded;

  /** The line of the byte at {@link #countedPosition}; negative if lines are not counted. */
  private long line = -1;

  /** The position in the file up to which the line feeds are counted. */
  private long countedPosition;

  /**
   * Creates a buffer.
   *
   * @param source the name of the file in messages
   * @param offset the position of the next byte of {@code in} in the file
   */
  public RecordBuffer(String source, InputStream in, long offset, Limits limits) {
    this.source = source;
    this.in = in;
    this.offset = offset;
    this.bytes = new byte[limits.windowBytes()];
    this.recordBytes = limits.recordBytes();
    this.lineBytes = limits.lineBytes();
  }

  /** Returns the position of the next record in the file. */
  public long position() {
    return offset + at;
  }

  /**
   * Starts to count lines at the current position.
   *
   * @param first the number of the current line
   */
  public void countLines(long first) {
    line = first;
    countedPosition = position();
  }

  /** Returns whether lines are counted. */
  public boolean countsLines() {
    return line >= 0;
  }

  /** Returns the number of the current line, if lines are counted. */
  public long line() {
    countLineFeeds();
    return line;
  }

  /** Returns the place of the current record. */
  public RecordPlace place() {
    return new RecordPlace(source, position(), false, countsLines() ? line() : RecordPlace.NO_LINE);
  }

  private void countLineFeeds() {
    for (int p = (int) (countedPosition - offset); p < at; p++) {
      line += bytes[p] == '\n' ? 1 : 0;
    }
    countedPosition = position();
  }

  /**
   * Returns the end of the longest possible record at {@code at}, or the end of the window if it
   * comes first.
   */
  public int recordLimit() {
    return Math.min(limit, at + recordBytes + 1);
  }

  /** Returns whether the window holds more bytes than the longest allowed record. */
  public boolean isTooLong() {
    return limit - at > recordBytes;
  }

  /**
   * Reads more bytes after {@code limit}. Bytes before {@code at} are discarded, so all indexes
   * move.
   *
   * @return false at the end of the file, or if the window already holds more bytes than the
   *     longest allowed record
   */
  public boolean more() throws IOException {
    return !isTooLong() && fill();
  }

  private boolean fill() throws IOException {
    if (hasEnded) {
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
    hasEnded = limit < bytes.length;
    return read > 0;
  }

  /**
   * Returns the id of a user whose schema does not have an id column: the line number if lines are
   * counted, otherwise the source and the position.
   */
  public byte[] placeAsId() {
    String place = countsLines() ? Long.toString(line()) : source + ":" + position();
    return place.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns whether all bytes of the file have been read. */
  public boolean atEnd() throws IOException {
    return at == limit && !fill();
  }

  /**
   * Returns the index of the line feed that ends the line at {@code at}. If the line is longer than
   * {@code max} bytes, the result is {@code at + max}. If no line feed follows, the result is the
   * index of the end of the file. Indexes may move.
   */
  public int lineEnd(int max) throws IOException {
    int length = 0;
    while (true) {
      int end = Math.min(limit, at + max);
      for (int p = at + length; p < end; p++) {
        if (bytes[p] == '\n') {
          return p;
        }
      }
      length = end - at;
      if (length == max || !fill()) {
        return at + length;
      }
    }
  }

  /**
   * Skips the rest of the line in bounded memory.
   *
   * @throws BadInputException if the line is longer than the maximum
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
                "%s: no line ends between bytes %,d and %,d; a line has at most %,d bytes. Write a"
                    + " table with one record per line",
                source,
                start,
                position(),
                lineBytes));
      }
    }
  }
}
