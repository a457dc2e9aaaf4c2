package personas.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import personas.model.score.AssignmentColumns;
import personas.spec.AudienceTarget;
import personas.spec.JdbcAccess;
import personas.spec.JdbcTable;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;

/**
 * Brings results into tables of PostgreSQL. One transaction: the tables have all of them or
 * nothing, and doing it again changes nothing. A table is made where it is not there.
 */
public final class PostgresSink {
  private final JdbcAccess access;
  private final List<PostgresTable> tables = new ArrayList<>();

  /**
   * The sink of a run.
   *
   * @param assignments the columns of the assignments
   */
  public PostgresSink(SegmentationSpec spec, AssignmentColumns assignments) {
    JdbcTable target = spec.output().jdbc();
    access = target.access();
    tables.add(PostgresTable.ofAssignments(target.table(), assignments));
    if (spec.output().audiences() == AudienceTarget.JDBC) {
      tables.add(
          PostgresTable.ofAudiences(
              AudienceTarget.table(target.table()), AssignmentColumns.ofAudiences(spec)));
    }
  }

  /**
   * Refuses a database that cannot be reached and a table that does not take the results, before a
   * job starts: does with no row what a run does with its own, and takes it back.
   *
   * @throws personas.table.ledger.BadInputException names the database
   * @throws SpecException names the columns that the table lacks, or says what else it does not
   *     take
   */
  public void check() throws IOException, SpecException {
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

  /**
   * Writes the rows of files of CSV.
   *
   * @param files of the run; those that are for no table are left alone
   */
  public void write(List<String> files) throws IOException {
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
