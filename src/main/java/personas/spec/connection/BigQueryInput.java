package personas.spec.connection;

/**
 * Users from BigQuery: the rows of a table or of a query.
 *
 * @param table the table or view; null if a query gives the users
 * @param query one SELECT of GoogleSQL; null if a table gives the users
 */
public record BigQueryInput(BigQueryTable table, String query) implements TableSource {
  static final String SCHEME = "bigquery://";

  @Override
  public String name() {
    return table == null ? SCHEME + "query" : table.name();
  }
}
