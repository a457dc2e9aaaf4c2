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
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.StagedTableWriter;
import personas.feature.UserSchema;
import personas.spec.connection.JdbcQuery;
import personas.table.RequiredColumns;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;
import personas.text.TypedValueText;

/**
 * A query → ranges of its rows, staged as files of text values. One statement in a transaction that
 * only reads, so that all rows are of one moment; in its own order, which numbers the rows. From
 * there on they are read as any other rows: in parallel, and again where that is needed, without
 * asking the database a second time.
 */
final class StageJdbcQuery extends DoFn<String, FileRange> {
  private static final long serialVersionUID = 1;

  private static final int FETCH_ROWS = 10_000;
  private static final long FILE_ROWS = 1 << 17;

  private final JdbcQuery query;
  private final UserSchema schema;
  private final Folder folder;
  private final RefusalFile refusal;

  /**
   * Stages the rows of a query.
   *
   * @param folder where
   * @param refusal where the reason stands if the query is refused
   */
  public StageJdbcQuery(JdbcQuery query, UserSchema schema, Folder folder, RefusalFile refusal) {
    this.query = query;
    this.schema = schema;
    this.folder = folder;
    this.refusal = refusal;
  }

  /**
   * The names of the columns of a query; reads no row.
   *
   * @throws BadInputException names the database that does not take the query
   */
  static List<String> columns(JdbcQuery query) throws IOException {
    try (Connection connection = JdbcConnections.connectForQuery(query.access());
        PreparedStatement statement = connection.prepareStatement(query.statement())) {
      ResultSetMetaData columns = statement.getMetaData();
      if (columns == null) {
        throw new BadInputException(
            query.access().name() + ": input.jdbc.query gives no rows; it is one SELECT");
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
        // With autocommit off this is a cursor, and not all rows at once.
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
    RequiredColumns wanted = RequiredColumns.of(schema);
    List<String> names = names(rows.getMetaData());
    wanted.check(source, names);
    List<Column> columns = new ArrayList<>();
    for (String name : wanted.wanted()) {
      columns.add(Column.of(rows.getMetaData(), names.indexOf(name) + 1));
    }
    long start = 0;
    boolean more = rows.next();
    do {
      try (StagedTableWriter staged =
          new StagedTableWriter(source, wanted.wanted(), folder, start)) {
        for (; more && staged.rows() < FILE_ROWS; more = rows.next()) {
          staged.write(values(rows, columns));
        }
        FileRange range = staged.end();
        start = range.range().end();
        out.output(range);
      }
    } while (more);
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
   * @param type what its values are asked for as; String is the text that the database gives
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
                // PostgreSQL calls both by one number.
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
