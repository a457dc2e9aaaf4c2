package personas.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.text.TerminalText;

/** Formats the profiles of all columns as a table for a terminal. */
public final class ProfileTable {
  private static final int MAX_NAME_WIDTH = 32;
  private static final int MAX_REASON_WIDTH = 70;
  private static final double LARGEST_PLAIN = 1e7;
  private static final double SMALLEST_PLAIN = 1e-3;

  private ProfileTable() {}

  /** Returns the lines without line feeds; the first line is the header. */
  public static List<String> lines(TableProfile table) {
    List<String[]> rows = new ArrayList<>();
    rows.add(
        new String[] {"column", "type", "missing", "distinct", "range", "skewness", "proposal"});
    for (Proposal proposal : table.columns()) {
      rows.add(row(proposal, table.records()));
    }
    int[] widths = new int[rows.get(0).length];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], TerminalText.columns(row[c]));
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String[] row(Proposal proposal, long records) {
    ColumnProfile column = proposal.column();
    boolean numeric = column.type() == ColumnType.NUMERIC;
    double missing = records == 0 ? 0 : 1 - (double) column.present() / records;
    return new String[] {
      TerminalText.line(column.name(), MAX_NAME_WIDTH),
      column.type().label(),
      missing == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100 * missing),
      String.format(
          Locale.ROOT,
          column.distinct() >= ColumnProfile.MAX_LEVELS ? "%,d+" : "%,d",
          column.distinct()),
      numeric ? figure(column.min()) + " to " + figure(column.max()) : "-",
      numeric && Double.isFinite(column.skewness())
          ? String.format(Locale.ROOT, "%.1f", column.skewness())
          : "-",
      proposal.role().label()
          + (proposal.reason().isEmpty()
              ? ""
              : ": " + TerminalText.line(proposal.reason(), MAX_REASON_WIDTH))
    };
  }

  private static String line(String[] row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      boolean isFigure = c == 2 || c == 3 || c == 5;
      String padding = " ".repeat(widths[c] - TerminalText.columns(row[c]));
      line.append(c == 0 ? "" : "  ").append(isFigure ? padding + row[c] : row[c] + padding);
    }
    return line.toString().stripTrailing();
  }

  /**
   * Returns a number as text. A whole number is written in full, and any other number with one or
   * three decimals. A number that is very large or very small gets four digits and an exponent.
   */
  static String figure(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%,d", (long) value);
    }
    double size = Math.abs(value);
    return size >= LARGEST_PLAIN || size < SMALLEST_PLAIN
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, size >= 100 ? "%,.1f" : "%.3f", value);
  }
}
