package personas.table.csv;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.text.ColumnNames;

/**
 * The header line of a CSV file. The header is the first line that has all required columns, under
 * the declared delimiter or one of {@code , ; tab |}. Exports put titles, comments, blank lines and
 * {@code sep=;} above the header. If no line has all required columns, the header is the first line
 * that is neither blank nor a comment, so that a message can say what is missing.
 *
 * @param line the line
 * @param end the index of the line feed that ends the line, or of the end of the bytes
 * @param linesAbove the number of lines above the header, including a line {@code sep=;}
 * @param isComplete whether the line has all required columns; for {@link #guess}, whether it has
 *     several columns
 */
public record CsvHeader(CsvLine line, int end, int linesAbove, boolean isComplete) {
  /** The maximum number of lines above a header. */
  private static final int MAX_LINES_ABOVE = 100;

  /** The number of records that are compared with a line that may be the header. */
  private static final int RECORDS_TO_COMPARE = 20;

  private static final char[] SEPARATORS = {',', ';', '\t', '|'};
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * Finds the header.
   *
   * @param bytes the beginning of a file
   * @param from the first byte after a byte order mark
   * @param wanted the names of the required columns
   * @param declared the delimiter; null to detect it
   */
  public static CsvHeader find(byte[] bytes, int from, List<String> wanted, Character declared) {
    Character separator = declared;
    CsvHeader fallback = null;
    int position = from;
    for (int above = 0; above <= MAX_LINES_ABOVE && position < bytes.length; above++) {
      int end = recordEnd(bytes, position);
      String line = text(bytes, position, end);
      Matcher separatorLine = SEPARATOR_LINE.matcher(line);
      if (above == 0 && separatorLine.matches()) {
        separator = declared != null ? declared : (Character) separatorLine.group(1).charAt(0);
      } else if (!line.isBlank()) {
        CsvHeader header = best(line, wanted, separator, end, above);
        if (header.isComplete) {
          return header;
        }
        if (fallback == null && !line.startsWith("#")) {
          fallback = header;
        }
      }
      position = end + 1;
    }
    // All lines are blank or comments, so messages show the first line.
    int end = recordEnd(bytes, from);
    return fallback != null ? fallback : best(text(bytes, from, end), wanted, separator, end, 0);
  }

  /**
   * Guesses the header of a file whose column names are not known. The header is the first line
   * that has as many fields as most of the records after it, under the delimiter that gives the
   * most fields.
   */
  public static CsvHeader guess(byte[] bytes, int from) {
    CsvHeader best = null;
    Matcher separatorLine = SEPARATOR_LINE.matcher(text(bytes, from, recordEnd(bytes, from)));
    char[] separators =
        separatorLine.matches() ? new char[] {separatorLine.group(1).charAt(0)} : SEPARATORS;
    for (char separator : separators) {
      CsvHeader found = guess(bytes, from, separator);
      if (best == null || found.isLikelierThan(best)) {
        best = found;
      }
    }
    return best;
  }

  /**
   * Returns whether this line is more likely a header than the other line. A table with semicolons
   * and decimal commas may have as many fields under the comma as under the semicolon. The wrong
   * header is then a record, and one of its cells is a number.
   */
  private boolean isLikelierThan(CsvHeader other) {
    int columns = line.cells().size();
    int otherColumns = other.line.cells().size();
    if ((columns > 1) != (otherColumns > 1)) {
      return columns > 1;
    }
    if (line.looksLikeRecord() != other.line.looksLikeRecord()) {
      return other.line.looksLikeRecord();
    }
    return columns != otherColumns ? columns > otherColumns : linesAbove < other.linesAbove;
  }

  private static CsvHeader guess(byte[] bytes, int from, char separator) {
    CsvHeader first = null;
    int position = from;
    for (int above = 0; above <= MAX_LINES_ABOVE && position < bytes.length; above++) {
      int end = recordEnd(bytes, position);
      String line = text(bytes, position, end);
      boolean isSeparatorLine = above == 0 && SEPARATOR_LINE.matcher(line).matches();
      if (!line.isBlank() && !line.startsWith("#") && !isSeparatorLine) {
        CsvLine names = CsvLine.of(line, separator);
        int columns = names.cells().size();
        if (columns > 1 && names.hasNames() && isFollowedBy(columns, bytes, end + 1, separator)) {
          return new CsvHeader(names, end, above, true);
        }
        // The line is a header with one column, unless a better line follows.
        CsvHeader single = new CsvHeader(CsvLine.ofOneCell(line, separator), end, above, false);
        first = first == null ? single : first;
      }
      position = end + 1;
    }
    return first != null
        ? first
        : new CsvHeader(CsvLine.ofOneCell("", separator), recordEnd(bytes, from), 0, false);
  }

  /** Returns whether most of the next records have this number of fields. */
  private static boolean isFollowedBy(int fields, byte[] bytes, int from, char separator) {
    int same = 0;
    int records = 0;
    for (int position = from; position < bytes.length && records < RECORDS_TO_COMPARE; ) {
      int end = recordEnd(bytes, position);
      String line = text(bytes, position, end);
      if (!line.isBlank()) {
        records++;
        same += CsvLine.split(line, separator).size() == fields ? 1 : 0;
      }
      position = end + 1;
    }
    return records == 0 || 2 * same > records;
  }

  /**
   * Returns the end of the record at {@code from}, or the end of the first line if a quote is never
   * closed.
   */
  public static int recordEnd(byte[] bytes, int from) {
    int end = from;
    boolean isQuoted = false;
    while (end < bytes.length && (isQuoted || bytes[end] != '\n')) {
      isQuoted ^= bytes[end] == '"';
      end++;
    }
    if (!isQuoted) {
      return end;
    }
    end = from;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /** Returns the text of a line without the carriage return at the end. */
  public static String text(byte[] bytes, int from, int end) {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /**
   * Splits a line by the delimiter that gives the most required columns; among equals, the most
   * columns.
   */
  private static CsvHeader best(
      String line, List<String> wanted, Character declared, int end, int linesAbove) {
    CsvHeader best = null;
    long mostFound = -1;
    for (char separator : declared != null ? new char[] {declared} : SEPARATORS) {
      CsvLine names = CsvLine.of(line, separator);
      long found =
          wanted.stream().filter(name -> ColumnNames.find(name, names.cells()) != -1).count();
      boolean hasMoreColumns = best == null || names.cells().size() > best.line.cells().size();
      if (found > mostFound || (found == mostFound && hasMoreColumns)) {
        mostFound = found;
        best = new CsvHeader(names, end, linesAbove, found == wanted.size());
      }
    }
    return best;
  }

  /**
   * Returns the last line above this header that is neither blank nor a comment, split by the same
   * delimiter.
   *
   * @param bytes the beginning of the file
   * @param from the first byte after a byte order mark
   * @return the line, or null if there is no such line
   */
  public CsvLine lineAbove(byte[] bytes, int from) {
    CsvLine above = null;
    int position = from;
    for (int number = 0; number < linesAbove; number++) {
      int lineEnd = recordEnd(bytes, position);
      String text = text(bytes, position, lineEnd);
      boolean isSeparatorLine = number == 0 && SEPARATOR_LINE.matcher(text).matches();
      if (!text.isBlank() && !text.startsWith("#") && !isSeparatorLine) {
        above = CsvLine.of(text, line.separator());
      }
      position = lineEnd + 1;
    }
    return above;
  }

  /** Returns a separator as messages name it, for example {@code ';'} or {@code tab}. */
  public static String inWords(char separator) {
    return separator == '\t'
        ? "tab"
        : separator < ' '
            ? String.format(Locale.ROOT, "\\u%04x", (int) separator)
            : "'" + separator + "'";
  }
}
