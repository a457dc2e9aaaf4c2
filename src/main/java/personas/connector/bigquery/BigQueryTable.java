package personas.connector.bigquery;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.contract.SinkTarget;
import personas.spec.yaml.SpecNode;

/**
 * A table of BigQuery.
 *
 * @param project the project of the table; null if it is the project that pays for the jobs
 * @param dataset the dataset of the table
 * @param table the name of the table within the dataset
 */
record BigQueryTable(String project, String dataset, String table) implements SinkTarget {
  static final String SCHEME = "bigquery://";

  private static final Pattern NAME =
      Pattern.compile(
          "(?:((?:[a-z][a-z0-9.-]*:)?[a-z][a-z0-9-]{4,28}[a-z0-9])\\.)?"
              + "([A-Za-z0-9_]{1,1024})\\.([\\p{L}\\p{M}\\p{N}_-]{1,1024})");

  /**
   * Parses {@code project.dataset.table} or {@code dataset.table}; returns null for any other text.
   */
  static BigQueryTable parse(String text) {
    Matcher name = NAME.matcher(text);
    return name.matches() ? new BigQueryTable(name.group(1), name.group(2), name.group(3)) : null;
  }

  /** Reads the name of a table in a spec; returns null and adds a mistake for any other text. */
  static BigQueryTable read(SpecNode node) {
    String name = node.requiredName();
    BigQueryTable table = parse(name);
    if (table == null && !name.isEmpty()) {
      node.addMistake("'" + name + "' is not of the form project.dataset.table or dataset.table");
    }
    return table;
  }

  /** Returns the name that messages and the ledger show. */
  String name() {
    return SCHEME + (project == null ? "" : project + ".") + dataset + "." + table;
  }

  @Override
  public ResultSink sink(SinkRequest request) {
    return new BigQuerySink(this, request);
  }
}
