package personas.table;

import java.io.Closeable;
import java.io.IOException;

/** Writes rows to a table with typed columns. The same rows give the same bytes. */
public interface TableWriter extends Closeable {
  /**
   * Writes a row.
   *
   * @param row one value per column: of the column's type, or null
   */
  void write(Object[] row) throws IOException;
}
