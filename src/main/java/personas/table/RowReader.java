package personas.table;

import java.io.Closeable;
import java.io.IOException;
import personas.text.TypedValueText;

/** Reads the rows of a typed table one by one, with the required columns only. */
public interface RowReader extends Closeable {
  /** Moves to the next row. Returns false if there is no further row. */
  boolean next() throws IOException;

  /**
   * Returns a value of the row. The value is null or of a type that {@link TypedValueText}
   * supports.
   *
   * @param column the index of the column in {@link RequiredColumns#names}
   */
  Object value(int column);
}
