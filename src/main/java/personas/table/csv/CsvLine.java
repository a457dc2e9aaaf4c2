package personas.table.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import personas.text.DoubleParser;

/**
 * A line of a CSV file, divided into cells.
 *
 * @param text the line without its line break
 * @param separator the delimiter
 * @param cells the cells; quotes around a cell are removed if the line was divided
 */
public record CsvLine(String text, char separator, List<String> cells) {
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2100;

  public CsvLine {
    cells = List.copyOf(cells);
  }

  /** Divides a line by a delimiter. */
  static CsvLine of(String line, char separator) {
    return new CsvLine(line, separator, split(line, separator));
  }

  /** Returns a line that is one cell, even if it contains the delimiter. */
  static CsvLine ofOneCell(String line, char separator) {
    return new CsvLine(line, separator, List.of(line));
  }

  /** Returns whether most cells hold a name. In a title line most cells are blank. */
  public boolean hasNames() {
    return 2 * cells.stream().filter(name -> !name.isBlank()).count() > cells.size();
  }

  /**
   * Returns whether all cells that are numbers are consecutive: years, or 0, 1, 2 and so on. Such a
   * line may be a header.
   */
  public boolean hasNumberedColumns() {
    long first = -1;
    long next = -1;
    for (String name : cells) {
      if (name.matches("\\d{1,4}")) {
        long number = Long.parseLong(name);
        if (next >= 0 && number != next) {
          return false;
        }
        first = next < 0 ? number : first;
        next = number + 1;
      }
    }
    long count = next - first;
    return (first >= FIRST_YEAR && next <= LAST_YEAR && count > 1)
        || (first >= 0 && first <= 1 && count > 2);
  }

  /**
   * Returns whether a cell is a number, because then the line is more likely a record than a
   * header.
   */
  public boolean looksLikeRecord() {
    for (String name : cells) {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      if (!Double.isNaN(DoubleParser.parse(utf8, 0, utf8.length))) {
        return true;
      }
    }
    return false;
  }

  /** Splits a line into cells and removes quotes. */
  public static List<String> split(String line, char separator) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
