package personas.connector.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.StagedTableWriter;
import personas.feature.UserSchema;
import personas.table.RequiredColumns;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;
import personas.text.TypedValueText;

/**
 * Stages the rows of a query as files of text values, and emits their ranges. The query is one
 * statement in a read-only transaction, so all rows come from one snapshot. The rows are numbered
 * in the order of the result. Later steps read the staged rows in parallel and do not call the
 * database again.
 */
final class StageJdbcQuery extends DoFn<String, FileRange> {
  private static final long serialVersionUID = 1;

  private static final int FETCH_ROWS = 10_000;
  private static final long FILE_ROWS = 1 << 17;

  private final JdbcSource query;
  private final UserSchema schema;
  private final Folder folder;
  private final RefusalFile refusal;

  StageJdbcQuery(JdbcSource query, StagingRequest request) {
    this.query = query;
    this.schema = request.schema();
    this.folder = request.folder();
    this.refusal = request.refusal();
  }

  /**
   * Returns the names of the columns of a query without reading a row.
   *
   * @throws BadInputException if the database does not accept the query; the message names the
   *     database
   */
  static List<String> columns(JdbcSource query) throws IOException {
    try (Connection connection = JdbcConnections.connectForQuery(query.access());
        PreparedStatement statement = connection.prepareStatement(query.statement())) {
      ResultSetMetaData columns = statement.getMetaData();
      if (columns == null) {
        throw new BadInputException(
            query.access().name() + ": input.jdbc.query does not return rows; write one SELECT");
      }
      return names(columns);
    } catch (SQLException e) {
      throw JdbcConnections.refused(query.access(), e);
    }
  }

  private static List<String> names(ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnLabel(i));
    }
    return names;
  }

  @ProcessElement
  public void process(@Element String source, OutputReceiver<FileRange> out) throws IOException {
    refusal.during(() -> stage(source, out));
  }

  private void stage(String source, OutputReceiver<FileRange> out) throws IOException {
    try (Connection connection = JdbcConnections.connectForQuery(query.access())) {
      try (PreparedStatement statement = connection.prepareStatement(query.statement())) {
        // With autocommit off, the driver uses a cursor instead of loading all rows at once.
        statement.setFetchSize(FETCH_ROWS);
        try (ResultSet rows = statement.executeQuery()) {
          stage(source, rows, out);
        }
      }
      connection.rollback();
    } catch (SQLException e) {
      throw JdbcConnections.refused(query.access(), e);
    }
  }

  private void stage(String source, ResultSet rows, OutputReceiver<FileRange> out)
      throws SQLException, IOException {
    RequiredColumns requiredColumns = RequiredColumns.of(schema);
    List<String> names = names(rows.getMetaData());
    requiredColumns.check(source, names);
    List<Column> columns = new ArrayList<>();
    for (String name : requiredColumns.names()) {
      columns.add(Column.of(rows.getMetaData(), names.indexOf(name) + 1));
    }
    long start = 0;
    boolean hasMore = rows.next();
    do {
      try (StagedTableWriter staged =
          new StagedTableWriter(source, requiredColumns.names(), folder, start)) {
        for (; hasMore && staged.rows() < FILE_ROWS; hasMore = rows.next()) {
          staged.write(values(rows, columns));
        }
        FileRange range = staged.end();
        start = range.range().end();
        out.output(range);
      }
    } while (hasMore);
  }

  private static Object[] values(ResultSet rows, List<Column> columns) throws SQLException {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = columns.get(i).value(rows);
      values[i] = value == null ? null : TypedValueText.text(value);
    }
    return values;
  }

  /**
   * A column of the query.
   *
   * @param number the position in the result, from 1
   * @param type the type in which the driver returns values; String for the text form of the
   *     database
   */
  private record Column(int number, Class<?> type) {
    static Column of(ResultSetMetaData columns, int number) throws SQLException {
      Class<?> type =
          switch (columns.getColumnType(number)) {
            case Types.DOUBLE, Types.FLOAT -> Double.class;
            case Types.REAL -> Float.class;
            case Types.DATE -> LocalDate.class;
            case Types.TIME -> LocalTime.class;
            case Types.TIMESTAMP_WITH_TIMEZONE -> OffsetDateTime.class;
            case Types.TIMESTAMP ->
                // The driver reports the same type number for timestamps with and without a time
                // zone.
                columns.getColumnTypeName(number).equals("timestamptz")
                    ? OffsetDateTime.class
                    : LocalDateTime.class;
            default ->
                columns.getColumnClassName(number).equals("java.lang.Boolean")
                        && !columns.getColumnTypeName(number).equals("bit")
                    ? Boolean.class
                    : String.class;
          };
      return new Column(number, type);
    }

    Object value(ResultSet rows) throws SQLException {
      return type == String.class ? rows.getString(number) : rows.getObject(number, type);
    }
  }
}
