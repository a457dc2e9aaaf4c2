package personas.spec.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of BigQuery.
 *
 * @param project null where it is the project that the jobs are charged to
 */
public record BigQueryTable(String project, String dataset, String table) implements ResultTarget {
  private static final Pattern NAME =
      Pattern.compile(
          "(?:((?:[a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9])\\.)?"
              + "([A-Za-z0-9_]{1,1024})\\.([\\p{L}\\p{M}\\p{N}_-]{1,1024})");

  /** The table that a text names; null where it names none. */
  public static BigQueryTable parse(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches() ? new BigQueryTable(name.group(1), name.group(2), name.group(3)) : null;
  }

  /** What messages and the ledger show. */
  public String name() {
    return BigQueryInput.SCHEME + (project == null ? "" : project + ".") + dataset + "." + table;
  }
}
