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
import personas.spec.connection.JdbcAccess;
import personas.spec.connection.JdbcTable;

/**
 * Brings results into tables of PostgreSQL. One transaction: the tables have all of them or
 * nothing, and doing it again changes nothing. A table is made where it is not there.
 */
public final class PostgresSink implements ResultSink {
  private final JdbcAccess access;
  private final List<PostgresTable> tables = new ArrayList<>();

  /** The sink of a run whose spec names a table. */
  public PostgresSink(JdbcTable target, SinkRequest request) {
    SegmentationSpec spec = request.spec();
    access = target.access();
    tables.add(PostgresTable.ofAssignments(target.table(), request.columns()));
    if (spec.output().audiences() == AudienceTarget.JDBC) {
      tables.add(
          PostgresTable.ofAudiences(
              AudienceTarget.table(target.table()), AssignmentColumns.ofAudiences(spec)));
    }
  }

  @Override
  public String name() {
    return "The table " + tables.get(0).name() + " of the database";
  }

  /** Does with no row what a run does with its own, and takes it back. */
  @Override
  public void check(PipelineOptions options) throws IOException, SpecException {
    try (Connection connection = JdbcConnections.connect(access)) {
      for (PostgresTable table : tables) {
        List<String> lacks = table.missingColumns(connection);
        if (!lacks.isEmpty()) {
          throw refusal(table, "has no column " + String.join(", ", lacks));
        }
        try (Statement statement = connection.createStatement()) {
          table.prepare(statement);
          table.take(statement);
        } catch (SQLException e) {
          throw refusal(table, "does not take the " + table.content() + ": " + message(e));
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw JdbcConnections.refused(access, e);
    }
  }

  private SpecException refusal(PostgresTable table, String what) {
    return new SpecException(
        List.of("output.jdbc.table: " + table.name() + " of " + access.name() + " " + what));
  }

  /** Without the lines that PostgreSQL adds for its own log. */
  private String message(SQLException e) {
    return JdbcConnections.message(access, e).replaceAll("\\s*\n\\s*", "; ");
  }

  /** Takes files of CSV. */
  @Override
  public void write(List<String> files, PipelineOptions options) throws IOException {
    try (Connection connection = JdbcConnections.connect(access);
        Statement statement = connection.createStatement()) {
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (PostgresTable table : tables) {
        table.prepare(statement);
        table.copy(files, copy);
        table.take(statement);
      }
      connection.commit();
    } catch (SQLException e) {
      // Without the cause, which would be shown instead and says nothing of where.
      throw new IOException(
          access.name()
              + ": "
              + tables.stream().map(PostgresTable::name).collect(Collectors.joining(" and "))
              + (tables.size() == 1 ? " stays as it was: " : " stay as they were: ")
              + JdbcConnections.message(access, e));
    }
  }
}
