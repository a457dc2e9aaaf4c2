package personas.model.table;

import java.util.ArrayList;
import java.util.List;

/** ledger.csv, read back: a row a source. */
public final class LedgerTable {
  /** The file in the folder of the results. */
  public static final String FILE = "ledger.csv";

  private static final int COLUMNS = 6;

  private LedgerTable() {}

  /**
   * What became of the records of one source; {@code read = assigned + rejected}.
   *
   * @param source as in the file: with an apostrophe where a spreadsheet would compute its name
   * @param reasons each with its records, like {@code field_count 3; not_a_number 11}
   */
  public record Row(
      String source, long read, long assigned, long rejected, long repeatedIds, String reasons) {}

  /**
   * The rows, in the order of the file.
   *
   * @throws IllegalArgumentException where it is no such table
   */
  public static List<Row> read(String csv) {
    List<Row> rows = new ArrayList<>();
    List<String> fields = fields(csv);
    if (fields.isEmpty() || fields.size() % COLUMNS != 0) {
      throw new IllegalArgumentException(
          fields.size() + " fields do not make rows of " + COLUMNS + " columns");
    }
    for (int i = COLUMNS; i < fields.size(); i += COLUMNS) {
      rows.add(
          new Row(
              fields.get(i),
              Long.parseLong(fields.get(i + 1)),
              Long.parseLong(fields.get(i + 2)),
              Long.parseLong(fields.get(i + 3)),
              Long.parseLong(fields.get(i + 4)),
              fields.get(i + 5)));
    }
    return rows;
  }

  /** All fields of a table that {@link CsvTableBuilder} wrote, row by row. */
  private static List<String> fields(String csv) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && quoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (c == ',' || c == '\n')) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    return fields;
  }
}
