package personas.table;

import java.io.Closeable;
import java.io.IOException;

/** Writes rows to a file with typed columns; the same rows give the same bytes. */
public interface TableWriter extends Closeable {
  /**
   * Writes a row.
   *
   * @param row a value for each column, of its type, or null
   */
  void write(Object[] row) throws IOException;
}
