package personas.table.record;

import java.io.IOException;

/** Reads the records of a text format from a buffer. */
public interface RecordReader {
  /** Reads the records that start before {@code end}. */
  void readUntil(long end) throws IOException;
}
