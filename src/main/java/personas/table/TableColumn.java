package personas.table;

import java.io.Serializable;

/** The name and type of a column of an output table. */
public record TableColumn(String name, Type type) implements Serializable {
  /**
   * The type of the values: objects of {@code String}, {@code Integer}, {@code Double}, {@code
   * Boolean}.
   */
  public enum Type {
    TEXT,
    INTEGER,
    DOUBLE,
    BOOLEAN
  }
}
