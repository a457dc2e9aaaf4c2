package personas.spec.connection;

/**
 * Users that BigQuery gives: one of the two, the other is null.
 *
 * @param table all rows of a table or view
 * @param query one SELECT of GoogleSQL
 */
public record BigQueryInput(BigQueryTable table, String query) implements TableSource {
  static final String SCHEME = "bigquery://";

  @Override
  public String name() {
    return table == null ? SCHEME + "query" : table.name();
  }
}
