package personas.connector.jdbc;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import personas.connector.storage.Folder;
import personas.model.score.AssignmentColumns;
import personas.spec.JdbcAccess;
import personas.spec.JdbcTable;
import personas.spec.SpecException;
import personas.table.TableColumn;
import personas.table.TableWriter;
import personas.table.csv.CsvRowParser;

/**
 * Brings assignments into a table of PostgreSQL, by the user's id: known users are updated, others
 * inserted, those that are not in the run stay as they are. One transaction: the table has all of
 * it or nothing, and doing it again changes nothing. Of an id that is there twice the first row
 * counts. The table is made where it is not there.
 */
public final class PostgresSink {
  private static final String ID = "user_id";
  private static final String INCOMING = "pg_temp.personas_incoming";

  private final JdbcTable target;
  private final AssignmentColumns assignments;

  public PostgresSink(JdbcTable target, AssignmentColumns assignments) {
    this.target = target;
    this.assignments = assignments;
  }

  /**
   * Refuses a database that cannot be reached and a table that does not take the assignments,
   * before a job starts: does with no row what a run does with its own, and takes it back.
   *
   * @throws personas.table.ledger.BadInputException names the database
   * @throws SpecException names the columns that the table lacks, or says what else it does not
   *     take
   */
  public void check() throws IOException, SpecException {
    JdbcAccess access = target.access();
    try (Connection connection = JdbcConnections.connect(access)) {
      List<String> lacks = missingColumns(connection);
      if (!lacks.isEmpty()) {
        throw new SpecException(List.of(refusal("has no column " + String.join(", ", lacks))));
      }
      try (Statement statement = connection.createStatement()) {
        prepare(statement);
        statement.execute(upsert());
      } catch (SQLException e) {
        throw new SpecException(List.of(refusal("does not take the assignments: " + message(e))));
      }
      connection.rollback();
    } catch (SQLException e) {
      throw JdbcConnections.refused(access, e);
    }
  }

  private String refusal(String what) {
    return "output.jdbc.table: " + target.table() + " of " + target.access().name() + " " + what;
  }

  /** Without the lines that PostgreSQL adds for its own log. */
  private String message(SQLException e) {
    return JdbcConnections.message(target.access(), e).replaceAll("\\s*\n\\s*", "; ");
  }

  /** None where the table is not there: then it is made. */
  private List<String> missingColumns(Connection connection) throws SQLException {
    List<String> has = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?)"
                + " AND attnum > 0 AND NOT attisdropped")) {
      statement.setString(1, table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          has.add(rows.getString(1));
        }
      }
    }
    return has.isEmpty()
        ? List.of()
        : assignments.columns().stream()
            .map(TableColumn::name)
            .filter(column -> !has.contains(column))
            .toList();
  }

  private void prepare(Statement statement) throws SQLException {
    statement.execute(create());
    statement.execute(
        "CREATE TEMPORARY TABLE personas_incoming ON COMMIT DROP AS SELECT "
            + columnNames()
            + " FROM "
            + table()
            + " WITH NO DATA");
    statement.execute("ALTER TABLE " + INCOMING + " ADD COLUMN personas_row bigserial");
  }

  /**
   * Writes the rows of files of CSV.
   *
   * @param files of the run; those that are no assignments are left alone
   */
  public void write(List<String> files) throws IOException {
    JdbcAccess access = target.access();
    try (Connection connection = JdbcConnections.connect(access);
        Statement statement = connection.createStatement()) {
      prepare(statement);
      CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String file : files.stream().sorted().filter(PostgresSink::isAssigned).toList()) {
        copy(file, copy.copyIn("COPY " + INCOMING + " (" + columnNames() + ") FROM STDIN CSV"));
      }
      statement.execute(upsert());
      connection.commit();
    } catch (SQLException e) {
      // Without the cause, which would be shown instead and says nothing of where.
      throw new IOException(
          access.name()
              + ": "
              + target.table()
              + " stays as it was: "
              + JdbcConnections.message(access, e));
    }
  }

  /** By way of typed rows, so that the table gets the texts themselves and not those for a CSV. */
  private void copy(String file, CopyIn copy) throws IOException, SQLException {
    try (InputStream in = new BufferedInputStream(Folder.open(file));
        CsvRowParser rows = new CsvRowParser(assignments.columns(), new CopyRows(copy))) {
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        // The header has no line break.
      }
      in.transferTo(rows);
    }
    copy.endCopy();
  }

  /** Rows as PostgreSQL's CSV: text in quotes, so that only a missing value is null. */
  private record CopyRows(CopyIn copy) implements TableWriter {
    @Override
    public void write(Object[] row) throws IOException {
      String line =
          Arrays.stream(row)
              .map(
                  value ->
                      value == null
                          ? ""
                          : value instanceof String text ? quoted(text) : value.toString())
              .collect(Collectors.joining(",", "", "\n"));
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      try {
        copy.writeToCopy(utf8, 0, utf8.length);
      } catch (SQLException e) {
        // Without the cause, whose message may hold credentials.
        throw new IOException("the database took no more rows: " + e.getSQLState());
      }
    }

    @Override
    public void close() {}
  }

  private static boolean isAssigned(String file) {
    return file.substring(file.lastIndexOf('/') + 1).startsWith("assignments-");
  }

  private String create() {
    return assignments.columns().stream()
        .map(column -> quoted(column.name()) + " " + type(column))
        .collect(Collectors.joining(", ", "CREATE TABLE IF NOT EXISTS " + table() + " (", ")"));
  }

  private static String type(TableColumn column) {
    return switch (column.type()) {
      case TEXT -> column.name().equals(ID) ? "text PRIMARY KEY" : "text";
      case INTEGER -> "integer";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
    };
  }

  private String upsert() {
    String updates =
        assignments.columns().stream()
            .filter(column -> !column.name().equals(ID))
            .map(column -> quoted(column.name()) + " = excluded." + quoted(column.name()))
            .collect(Collectors.joining(", "));
    return "INSERT INTO "
        + table()
        + " ("
        + columnNames()
        + ") SELECT DISTINCT ON ("
        + quoted(ID)
        + ") "
        + columnNames()
        + " FROM "
        + INCOMING
        + " ORDER BY "
        + quoted(ID)
        + ", personas_row ON CONFLICT ("
        + quoted(ID)
        + ") DO UPDATE SET "
        + updates;
  }

  private String columnNames() {
    return assignments.columns().stream()
        .map(column -> quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  private String table() {
    return List.of(target.table().split("\\.", -1)).stream()
        .map(PostgresSink::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
