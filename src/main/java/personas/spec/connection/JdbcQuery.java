package personas.spec.connection;

/**
 * Users that a query gives, in its own order.
 *
 * @param query one SELECT
 */
public record JdbcQuery(JdbcAccess access, String query) implements TableSource {
  @Override
  public String name() {
    return access.name();
  }

  /**
   * The one statement of the query.
   *
   * @throws IllegalStateException if there are several, which a spec refuses
   */
  public String statement() {
    String statement = SqlStatements.only(query);
    if (statement == null) {
      throw new IllegalStateException("the query of " + access + " holds a second statement");
    }
    return statement;
  }
}
