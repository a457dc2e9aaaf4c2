package personas.connector.jdbc;

import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.contract.SinkTarget;

/**
 * A table of a database that gets the assignments.
 *
 * @param access how the run connects to the database
 * @param table the name of the table, or {@code schema.table}
 */
record JdbcTable(JdbcAccess access, String table) implements SinkTarget {
  @Override
  public ResultSink sink(SinkRequest request) {
    return new PostgresSink(this, request);
  }
}
