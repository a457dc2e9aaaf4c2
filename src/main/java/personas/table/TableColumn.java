package personas.table;

import java.io.Serializable;

/** A column of a table that is written, by its name and the type of its values. */
public record TableColumn(String name, Type type) implements Serializable {
  /** What the values are; the classes are {@code String, Integer, Double, Boolean}. */
  public enum Type {
    TEXT,
    INTEGER,
    DOUBLE,
    BOOLEAN
  }
}
