package personas.run.events;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import personas.spec.event.EventAggregation;
import personas.spec.event.Measure;
import personas.spec.event.MeasureFunction;
import personas.table.TableColumn;
import personas.table.TableFormat;
import personas.table.TableWriter;
import personas.table.write.TypedTableFile;
import personas.text.CsvBuffer;

/** Writes a result file with a table of users. A row holds the id and the measures of one user. */
final class UserFileWriter implements Closeable {
  private static final int FLUSH_BYTES = 1 << 17;

  private final OutputStream out;
  private final TableWriter table;
  private final boolean[] isText;
  private final CsvBuffer line = new CsvBuffer();

  /**
   * Opens a file for users. Closing the writer closes {@code out}.
   *
   * @param id the name of the column of the ids
   * @param aggregation the measures, which are the other columns
   */
  UserFileWriter(String id, EventAggregation aggregation, TableFormat format, OutputStream out)
      throws IOException {
    this.out = out;
    List<TableColumn> columns = new ArrayList<>();
    columns.add(new TableColumn(id, TableColumn.Type.TEXT));
    for (Measure measure : aggregation.measures()) {
      boolean isLast = measure.function() == MeasureFunction.LAST;
      columns.add(
          new TableColumn(
              measure.name(), isLast ? TableColumn.Type.TEXT : TableColumn.Type.DOUBLE));
    }
    isText = new boolean[columns.size()];
    for (int column = 0; column < isText.length; column++) {
      isText[column] = columns.get(column).type() == TableColumn.Type.TEXT;
    }
    if (format == TableFormat.CSV) {
      table = null;
      append(columns.stream().map(TableColumn::name).toArray());
    } else {
      table = TypedTableFile.open(format, columns, out);
    }
  }

  /**
   * Writes a user.
   *
   * @param values the id and the measures: Long, Double, String or null
   */
  void write(Object[] values) throws IOException {
    if (table == null) {
      append(values);
      if (line.size() > FLUSH_BYTES) {
        line.writeTo(out);
        line.clear();
      }
      return;
    }
    Object[] typed = new Object[values.length];
    for (int column = 0; column < values.length; column++) {
      Object value = values[column];
      typed[column] =
          isText[column]
              ? MeasureText.of(value)
              : value == null ? null : (Object) ((Number) value).doubleValue();
    }
    table.write(typed);
  }

  private void append(Object[] values) {
    for (int column = 0; column < values.length; column++) {
      if (column > 0) {
        line.appendByte(',');
      }
      String text = MeasureText.of(values[column]);
      byte[] utf8 = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
      line.appendField(utf8, 0, utf8.length);
    }
    line.appendByte('\n');
  }

  @Override
  public void close() throws IOException {
    if (table != null) {
      table.close();
      return;
    }
    try (out) {
      line.writeTo(out);
    }
  }
}
