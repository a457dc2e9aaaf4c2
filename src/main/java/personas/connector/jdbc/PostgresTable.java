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
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import personas.connector.storage.Folder;
import personas.model.assignment.AssignmentColumns;
import personas.table.TableColumn;
import personas.table.TableWriter;

/**
 * A table that gets rows of a run from a temporary table. Assignments are upserted by user id: the
 * rows of users who are not in the run stay unchanged, and if an id occurs twice, the first row
 * wins. A table of audiences is replaced as a whole.
 */
final class PostgresTable {
  private static final String ID = "user_id";

  private final String name;
  private final AssignmentColumns columns;
  private final boolean isReplaced;
  private final String temporaryTable;

  private PostgresTable(String name, AssignmentColumns columns, boolean isReplaced) {
    this.name = name;
    this.columns = columns;
    this.isReplaced = isReplaced;
    this.temporaryTable = "personas_incoming_" + columns.content();
  }

  /** Returns the table of the assignments, whose key is the user id. */
  static PostgresTable ofAssignments(String name, AssignmentColumns columns) {
    return new PostgresTable(name, columns, false);
  }

  /** Returns the table of the lists of each persona's users, which has no key. */
  static PostgresTable ofAudiences(String name, AssignmentColumns columns) {
    return new PostgresTable(name, columns, true);
  }

  /** Returns the name as written in the spec. */
  String name() {
    return name;
  }

  /** Returns the kind of the rows. */
  String content() {
    return columns.content();
  }

  /** Returns the columns that the table lacks. The list is empty if the table does not exist. */
  List<String> missingColumns(Connection connection) throws SQLException {
    List<String> existing = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?)"
                + " AND attnum > 0 AND NOT attisdropped")) {
      statement.setString(1, table());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          existing.add(rows.getString(1));
        }
      }
    }
    return existing.isEmpty()
        ? List.of()
        : columns.columns().stream()
            .map(TableColumn::name)
            .filter(column -> !existing.contains(column))
            .toList();
  }

  /** Creates the temporary table, and the table if it does not exist. */
  void prepare(Statement statement) throws SQLException {
    statement.execute(create());
    statement.execute(
        "CREATE TEMPORARY TABLE "
            + temporaryTable
            + " ON COMMIT DROP AS SELECT "
            + columnNames()
            + " FROM "
            + table()
            + " WITH NO DATA");
    statement.execute(
        "ALTER TABLE pg_temp." + temporaryTable + " ADD COLUMN personas_row bigserial");
  }

  /** Copies the rows of the files for this table into the temporary table. */
  void copy(List<String> files, CopyManager copy) throws IOException, SQLException {
    String sql = "COPY pg_temp." + temporaryTable + " (" + columnNames() + ") FROM STDIN CSV";
    for (String file : columns.filesOf(files)) {
      copy(file, copy.copyIn(sql));
    }
  }

  /** Moves the rows of the temporary table into the table. */
  void insertRows(Statement statement) throws SQLException {
    if (isReplaced) {
      statement.execute("DELETE FROM " + table());
      statement.execute(
          "INSERT INTO "
              + table()
              + " ("
              + columnNames()
              + ") SELECT "
              + columnNames()
              + " FROM pg_temp."
              + temporaryTable
              + " ORDER BY personas_row");
    } else {
      statement.execute(upsert());
    }
  }

  /**
   * Copies a file as typed rows, so that the table gets texts without the escapes of a CSV result.
   */
  private void copy(String file, CopyIn copy) throws IOException, SQLException {
    try (InputStream in = new BufferedInputStream(Folder.open(file))) {
      columns.read(in, new CopyRows(copy));
    }
    copy.endCopy();
  }

  /** Writes rows as PostgreSQL's CSV. Text is quoted, so that only a missing value is null. */
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
        // The exception has no cause, because the message of the cause may hold credentials.
        throw new IOException("the database did not accept a row: SQL state " + e.getSQLState());
      }
    }

    @Override
    public void close() {}
  }

  private String create() {
    return columns.columns().stream()
        .map(column -> quoted(column.name()) + " " + type(column))
        .collect(Collectors.joining(", ", "CREATE TABLE IF NOT EXISTS " + table() + " (", ")"));
  }

  private String type(TableColumn column) {
    return switch (column.type()) {
      case TEXT -> column.name().equals(ID) && !isReplaced ? "text PRIMARY KEY" : "text";
      case INTEGER -> "integer";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
    };
  }

  private String upsert() {
    String updates =
        columns.columns().stream()
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
        + " FROM pg_temp."
        + temporaryTable
        + " ORDER BY "
        + quoted(ID)
        + ", personas_row ON CONFLICT ("
        + quoted(ID)
        + ") DO UPDATE SET "
        + updates;
  }

  private String columnNames() {
    return columns.columns().stream()
        .map(column -> quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  private String table() {
    return List.of(name.split("\\.", -1)).stream()
        .map(PostgresTable::quoted)
        .collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
