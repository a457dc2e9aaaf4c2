package personas.data;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a table whose values have types, one after the other, each by its wanted columns. */
interface RowSource extends Closeable {
  /** Moves to the next row; false where there is none. */
  boolean next() throws IOException;

  /**
   * A value of the row: null, or one that {@link FieldText} has a text for.
   *
   * @param column the place of the column among those that {@link TableColumns#wanted} lists
   */
  Object value(int column);
}
