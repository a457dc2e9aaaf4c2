package personas.spec.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of BigQuery.
 *
 * @param project the project of the table; null if it is the project that pays for the jobs
 * @param dataset the dataset of the table
 * @param table the name of the table within the dataset
 */
public record BigQueryTable(String project, String dataset, String table) implements ResultTarget {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:((?:[a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9])\\.)?"
              + "([A-Za-z0-9_]{1,1024})\\.([\\p{L}\\p{M}\\p{N}_-]{1,1024})");

  /**
   * Parses {@code project.dataset.table} or {@code dataset.table}; returns null for any other text.
   */
  public static BigQueryTable parse(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches() ? new BigQueryTable(name.group(1), name.group(2), name.group(3)) : null;
  }

  /** Returns the name that messages and the ledger show. */
  public String name() {
    return BigQueryInput.SCHEME + (project == null ? "" : project + ".") + dataset + "." + table;
  }
}
