package personas.table.record;

import java.io.IOException;

/** Reads the records of a text format from a buffer. */
public interface RecordReader {
  /**
   * Reads the records that start before a position.
   *
   * @param end the position in the uncompressed bytes of the file
   */
  void readUntil(long end) throws IOException;
}
