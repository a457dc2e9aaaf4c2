package personas.table.bytes;

import java.io.Serializable;

/**
 * A part of a file: the records whose first byte lies in {@code [start, end)}. Of a table with
 * typed values it is rows and not bytes that are counted.
 *
 * @param file the file's full name
 * @param start the first byte, as stored; or the first row
 * @param end one past the last byte or row; {@link Long#MAX_VALUE} for "to the end", which is what
 *     a compressed file or an Avro file has
 */
public record ByteRange(String file, long start, long end) implements Serializable {

  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(file + ": no byte range [" + start + ", " + end + ")");
    }
  }
}
