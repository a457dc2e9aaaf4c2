package personas.table.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.table.TableColumn;
import personas.table.TableWriter;
import personas.text.CsvBuffer;

/**
 * Parses the CSV that {@link CsvBuffer} writes, and passes typed rows to a table. So the code that
 * makes a result does not depend on the format of the result. An empty field becomes null. The
 * apostrophe that keeps a spreadsheet from reading text as a formula is removed.
 */
public final class CsvRowParser extends OutputStream {
  private final List<TableColumn> columns;
  private final TableWriter table;
  private final Object[] row;
  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private int column;

  /** Whether the current field has a quote. */
  private boolean hasQuote;

  /** Whether the next character is within quotes. */
  private boolean inQuotes;

  /** Creates a parser. Closing the parser closes {@code table}. */
  public CsvRowParser(List<TableColumn> columns, TableWriter table) {
    this.columns = List.copyOf(columns);
    this.table = table;
    this.row = new Object[columns.size()];
  }

  @Override
  public void write(int value) throws IOException {
    byte b = (byte) value;
    if (b == '"') {
      // The second quote of a pair continues the quoted field and is a character of the field.
      if (!inQuotes && hasQuote) {
        field.write(b);
      }
      inQuotes = !inQuotes;
      hasQuote = true;
    } else if (inQuotes || (b != ',' && b != '\n')) {
      field.write(b);
    } else {
      endField();
      if (b == '\n') {
        table.write(row);
        column = 0;
      }
    }
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(bytes[i]);
    }
  }

  private void endField() {
    byte[] bytes = field.toByteArray();
    int from = CsvBuffer.withoutGuard(bytes, 0, bytes.length);
    String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    row[column] = text.isEmpty() ? null : value(text);
    column++;
    field.reset();
    hasQuote = false;
  }

  private Object value(String text) {
    return switch (columns.get(column).type()) {
      case TEXT -> text;
      case INTEGER -> Integer.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
    };
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
