package personas.spec.connection;

import java.io.Serializable;

/**
 * Users that BigQuery gives: one of the two, the other is null.
 *
 * @param table all rows of a table or view
 * @param query one SELECT of GoogleSQL
 */
public record BigQueryInput(BigQueryTable table, String query) implements Serializable {
  static final String SCHEME = "bigquery://";

  /** What messages and the ledger show. */
  public String name() {
    return table == null ? SCHEME + "query" : table.name();
  }
}
