package personas.table.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import personas.text.DoubleParser;

/**
 * A line of a CSV file, split into cells.
 *
 * @param text the line without its line break
 * @param separator the delimiter
 * @param cells the cells without the quotes around them; if the line is one cell, the whole line
 */
public record CsvLine(String text, char separator, List<String> cells) {
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2099;

  public CsvLine {
    cells = List.copyOf(cells);
  }

  /** Splits a line by a delimiter. */
  static CsvLine of(String line, char separator) {
    return new CsvLine(line, separator, split(line, separator));
  }

  /** Returns a line with one cell, even if the line contains the delimiter. */
  static CsvLine ofOneCell(String line, char separator) {
    return new CsvLine(line, separator, List.of(line));
  }

  /**
   * Returns whether most cells are not blank. In a title line above a table, most cells are blank.
   */
  public boolean hasNames() {
    return 2 * cells.stream().filter(name -> !name.isBlank()).count() > cells.size();
  }

  /**
   * Returns whether the cells with whole numbers of at most four digits hold at least two
   * consecutive years, or at least three consecutive numbers from 0 or 1 on. Such a line may be a
   * header.
   */
  public boolean hasNumberedColumns() {
    long first = -1;
    long next = -1;
    for (String cell : cells) {
      if (cell.matches("\\d{1,4}")) {
        long number = Long.parseLong(cell);
        if (next >= 0 && number != next) {
          return false;
        }
        first = next < 0 ? number : first;
        next = number + 1;
      }
    }
    long count = next - first;
    return (first >= FIRST_YEAR && next - 1 <= LAST_YEAR && count > 1)
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
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          cell.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
        }
      } else if (c == separator && !isQuoted) {
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
