package personas.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.PipelineOptions;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.model.assignment.AssignmentColumns;
import personas.spec.AudienceTarget;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;

/**
 * Writes results to tables of PostgreSQL in one transaction. Writing the same results again does
 * not change the tables. A table that does not exist is created.
 */
final class PostgresSink implements ResultSink {
  private final JdbcAccess access;
  private final List<PostgresTable> tables = new ArrayList<>();

  /** Creates the sink of a run whose spec names a table. */
  PostgresSink(JdbcTable target, SinkRequest request) {
    SegmentationSpec spec = request.spec();
    access = target.access();
    tables.add(PostgresTable.ofAssignments(target.table(), request.columns()));
    if (spec.output().sendsListsTo(JdbcKeys.NAME)) {
      tables.add(
          PostgresTable.ofAudiences(
              AudienceTarget.table(target.table()), AssignmentColumns.ofAudiences(spec)));
    }
  }

  @Override
  public String name() {
    return "The table " + tables.get(0).name() + " of the database";
  }

  /** {@inheritDoc} Runs the statements of a run without rows, and rolls them back. */
  @Override
  public void check(PipelineOptions options) throws IOException, SpecException {
    try (Connection connection = JdbcConnections.connect(access)) {
      for (PostgresTable table : tables) {
        List<String> missing = table.missingColumns(connection);
        if (!missing.isEmpty()) {
          throw refusal(table, "has no column " + String.join(", ", missing));
        }
        try (Statement statement = connection.createStatement()) {
          table.prepare(statement);
          table.insertRows(statement);
        } catch (SQLException e) {
          throw refusal(table, "does not accept the " + table.content() + ": " + message(e));
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw JdbcConnections.refused(access, e);
    }
  }

  private SpecException refusal(PostgresTable table, String reason) {
    return new SpecException(
        List.of("output.jdbc.table: " + table.name() + " of " + access.name() + " " + reason));
  }

  /** Returns the message in one line; PostgreSQL adds lines for its own log. */
  private String message(SQLException e) {
    return JdbcConnections.message(access, e).replaceAll("\\s*\n\\s*", "; ");
  }

  /** {@inheritDoc} Reads CSV files. */
  @Override
  public void write(List<String> files, PipelineOptions options) throws IOException {
    try (Connection connection = JdbcConnections.connect(access);
        Statement statement = connection.createStatement()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (PostgresTable table : tables) {
        table.prepare(statement);
        table.copy(files, copy);
        table.insertRows(statement);
      }
      connection.commit();
    } catch (SQLException e) {
      // A command prints the message of the innermost cause, so this exception has no cause.
      throw new IOException(
          access.name()
              + ": "
              + tables.stream().map(PostgresTable::name).collect(Collectors.joining(" and "))
              + (tables.size() == 1 ? " was not changed: " : " were not changed: ")
              + JdbcConnections.message(access, e));
    }
  }
}
