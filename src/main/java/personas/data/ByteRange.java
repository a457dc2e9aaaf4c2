package personas.data;

import java.io.Serializable;

/**
 * A part of a file: the records whose first byte lies in {@code [start, end)}.
 *
 * @param file the file's full name
 * @param start the first byte, as stored
 * @param end one past the last byte; {@link Long#MAX_VALUE} for "to the end", which is what a
 *     compressed file has
 */
public record ByteRange(String file, long start, long end) implements Serializable {

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(file + ": no byte range [" + start + ", " + end + ")");
    }
  }
}
