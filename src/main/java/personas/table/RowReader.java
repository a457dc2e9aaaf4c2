package personas.table;

import java.io.Closeable;
import java.io.IOException;
import personas.text.TypedValueText;

/** The rows of a table whose values have types, one after the other, each by its wanted columns. */
public interface RowReader extends Closeable {
  /** Moves to the next row; false where there is none. */
  boolean next() throws IOException;

  /**
   * A value of the row: null, or one that {@link TypedValueText} has a text for.
   *
   * @param column the place of the column among those that {@link RequiredColumns#wanted} lists
   */
  Object value(int column);
}
