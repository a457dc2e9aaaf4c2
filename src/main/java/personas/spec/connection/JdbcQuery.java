package personas.spec.connection;

/**
 * Users from a query to a database, in the order of the rows of the result.
 *
 * @param access how the run connects to the database
 * @param query one SELECT
 */
public record JdbcQuery(JdbcAccess access, String query) implements TableSource {
  @Override
  public String name() {
    return access.name();
  }

  /**
   * Returns the only statement of the query.
   *
   * @throws IllegalStateException if the query holds several statements; the reader of a spec
   *     refuses such a query
   */
  public String statement() {
    String statement = SqlStatements.only(query);
    if (statement == null) {
      throw new IllegalStateException("the query of " + access + " holds a second statement");
    }
    return statement;
  }
}
