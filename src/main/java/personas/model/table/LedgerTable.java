package personas.model.table;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code ledger.csv}, which has one row for each source. */
public final class LedgerTable {
  /** The name of the file. */
  public static final String FILE = "ledger.csv";

  private static final int COLUMNS = 6;

  private LedgerTable() {}

  /**
   * The counts of one source, with {@code read = assigned + rejected}.
   *
   * @param source the source as in the file: an apostrophe comes first if a spreadsheet could take
   *     the name for a formula
   * @param read number of records in the source
   * @param assigned number of records that got a cluster
   * @param rejected number of rejected records
   * @param repeatedIds number of records with the user id of an earlier record
   * @param reasons the number of rejected records by reason, such as {@code field_count 3;
   *     not_a_number 11}
   */
  public record Row(
      String source, long read, long assigned, long rejected, long repeatedIds, String reasons) {}

  /**
   * Returns the rows in the order of the file.
   *
   * @throws IllegalArgumentException if the text is not such a table
   */
  public static List<Row> read(String csv) {
    List<Row> rows = new ArrayList<>();
    List<String> fields = fields(csv);
    if (fields.isEmpty() || fields.size() % COLUMNS != 0) {
      throw new IllegalArgumentException(
          FILE
              + ": "
              + fields.size()
              + " fields cannot be divided into rows of "
              + COLUMNS
              + " columns");
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

  /** Returns all fields of a table that {@link CsvTableBuilder} wrote, row by row. */
  private static List<String> fields(String csv) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < csv.length(); i++) {
      char c = csv.charAt(i);
      if (c == '"' && isQuoted && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        isQuoted = !isQuoted;
      } else if (!isQuoted && (c == ',' || c == '\n')) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    return fields;
  }
}
