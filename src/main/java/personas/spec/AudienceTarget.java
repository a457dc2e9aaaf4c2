package personas.spec;

import java.io.Serializable;
import java.util.Objects;
import personas.table.TableFormat;

/**
 * Where a run writes the lists of the users of each persona. Every run with such lists writes
 * files; some also write to a table or a topic.
 *
 * @param key {@code files}, or the key of {@code output} that names a table or a topic
 * @param format the format in which the table or the topic reads the lists
 */
public record AudienceTarget(String key, TableFormat format) implements Serializable {
  /** Files beside the assignments only. */
  public static final AudienceTarget FILES = new AudienceTarget("files", TableFormat.CSV);

  public AudienceTarget {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(format, "format");
  }

  /** Returns whether the lists also go to a table or a topic. */
  public boolean needsTarget() {
    return !equals(FILES);
  }

  /**
   * Returns the name of the table of the lists: the name of the table of the assignments, followed
   * by {@code _audiences}.
   */
  public static String table(String assignments) {
    return assignments + "_audiences";
  }
}
