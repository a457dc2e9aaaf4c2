package personas.table.read;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import personas.feature.UserSchema;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;
import personas.table.csv.CsvHeader;
import personas.table.csv.CsvLine;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.table.ledger.Rejection;
import personas.text.ColumnNames;
import personas.text.NearestName;

/** The beginning of a CSV file and its header line, with the checks that refuse the file. */
final class CsvStart {
  /** The number of bytes at the beginning of a file that are read to find the header. */
  static final int MAX_BYTES = 1 << 20;

  private static final String LINE_ENDS =
      "end lines with a line feed (LF), or with a carriage return and a line feed (CRLF)";
  private static final Pattern CONFLICT_MARKER = Pattern.compile("(<{7}|={7}|>{7}).*");

  private final String file;
  private final byte[] bytes;
  private final int from;
  private final CsvHeader header;

  private CsvStart(String file, byte[] bytes, int from, CsvHeader header) {
    this.file = file;
    this.bytes = bytes;
    this.from = from;
    this.header = header;
  }

  /**
   * Finds the header line by the columns of a schema.
   *
   * @param bytes the beginning of the file
   * @param from the first byte after a byte order mark
   * @param folders the columns in the names of the file's folders; the header may omit these
   *     columns
   * @throws BadInputException if the header line is broken, or if the first line is certainly not a
   *     header line
   */
  static CsvStart find(
      String file, byte[] bytes, int from, UserSchema schema, PartitionColumns folders)
      throws BadInputException {
    refuseConflict(file, CsvHeader.text(bytes, from, CsvHeader.recordEnd(bytes, from)));
    List<String> required =
        RequiredColumns.of(schema).names().stream().filter(column -> !folders.has(column)).toList();
    Character delimiter = schema.syntax().delimiter();
    CsvHeader found = CsvHeader.find(bytes, from, required, delimiter);
    CsvStart start = new CsvStart(file, bytes, from, found);
    start.refuseBrokenLine();
    if (!found.isComplete()) {
      start.refuseJson();
      start.refuseDelimiter(delimiter);
      start.refuseRecord();
    }
    return start;
  }

  /** Guesses the header line of a file without knowing a column. */
  static CsvStart guess(String file, byte[] bytes, int from) throws BadInputException {
    if (bytes.length == from) {
      throw new BadInputException(file + ": is empty; a CSV file starts with a header line");
    }
    CsvStart start = new CsvStart(file, bytes, from, CsvHeader.guess(bytes, from));
    start.refuseBrokenLine();
    start.refuseCarriageReturns();
    start.refuseOtherHeader();
    return start;
  }

  /** Returns the header line. */
  CsvHeader header() {
    return header;
  }

  /** Returns the first byte after the header line. */
  int dataStart() {
    return Math.min(bytes.length, header.end() + 1);
  }

  /**
   * Returns the index of a column in a record. If the column occurs only in the names of the file's
   * folders, the index follows the indexes of the fields.
   *
   * @throws MissingColumnException if neither the header nor a folder has the column
   * @throws BadInputException if the column occurs twice in the header
   */
  int index(String column, PartitionColumns folders) throws BadInputException {
    List<String> names = header.line().cells();
    int index = ColumnNames.find(column, names);
    if (index == ColumnNames.SEVERAL) {
      throw new BadInputException(
          file
              + ": column '"
              + column
              + "' occurs twice in the header; rename or remove one of them");
    }
    if (index == ColumnNames.NONE && folders.has(column)) {
      return names.size() + folders.names().indexOf(column);
    }
    if (index == ColumnNames.NONE) {
      throw new MissingColumnException(
          file,
          names,
          String.format(
              Locale.ROOT,
              "%s: missing column '%s'; %s",
              file,
              column,
              names.size() == 1
                  ? "the header line is '" + shortened(names.get(0)) + "'" + delimiterAdvice()
                  : "nearest is '" + shortened(NearestName.of(column, names)) + "'"));
    }
    return index;
  }

  /** Refuses a file that begins with the marker of a merge conflict. */
  private static void refuseConflict(String file, String line) throws BadInputException {
    if (CONFLICT_MARKER.matcher(line.lines().findFirst().orElse("")).matches()) {
      throw new BadInputException(
          file + ": the header line '" + shortened(line) + "' is the marker of a merge conflict");
    }
  }

  private void refuseBrokenLine() throws BadInputException {
    String line = header.line().text();
    String fault = null;
    if (line.indexOf('\0') >= 0) {
      fault = "has NUL bytes; is the file UTF-16? Save it as UTF-8";
    } else if (line.chars().filter(c -> c == '"').count() % 2 == 1) {
      fault = "has a quote that is never closed";
    } else if (header.end() == MAX_BYTES) {
      fault = "is longer than " + String.format(Locale.ROOT, "%,d", MAX_BYTES) + " bytes";
    } else if (hasBareCarriageReturn(line)) {
      fault = "has a carriage return inside; " + LINE_ENDS;
    }
    if (fault != null) {
      throw new BadInputException(file + ": the header line '" + shortened(line) + "' " + fault);
    }
  }

  /**
   * Returns whether a carriage return is outside of quotes. Files of old Macs end lines in this
   * way.
   */
  private static boolean hasBareCarriageReturn(String line) {
    boolean isQuoted = false;
    for (int i = 0; i < line.length(); i++) {
      isQuoted ^= line.charAt(i) == '"';
      if (!isQuoted && line.charAt(i) == '\r') {
        return true;
      }
    }
    return false;
  }

  /** Refuses a file in which only carriage returns end the records. */
  void refuseCarriageReturns() throws BadInputException {
    int dataStart = dataStart();
    int end = dataStart;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String record = new String(bytes, dataStart, end - dataStart, StandardCharsets.UTF_8).strip();
    if (hasBareCarriageReturn(record) && everyLineIsRecord(record)) {
      throw new BadInputException(
          file + ": only carriage returns separate the records; " + LINE_ENDS);
    }
  }

  /** Returns whether each text between two carriage returns has as many fields as the header. */
  private boolean everyLineIsRecord(String record) {
    for (String line : record.split("\r", -1)) {
      if (CsvLine.split(line, header.line().separator()).size() != header.line().cells().size()) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a file without a known column if its guessed header is a record. */
  private void refuseOtherHeader() throws BadInputException {
    refuseJson();
    if (!header.line().looksLikeRecord() || header.line().hasNumberedColumns()) {
      return;
    }
    CsvLine above = header.lineAbove(bytes, from);
    if (above != null && above.cells().size() > 1 && above.hasNames() && !above.looksLikeRecord()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: the header line '%s' has %,d columns, but the records have %,d fields, for"
                  + " example '%s'; give each field a name, or remove delimiters at the end of the"
                  + " lines",
              file,
              shortened(above.text()),
              above.cells().size(),
              header.line().cells().size(),
              shortened(header.line().text())));
    }
    refuseRecord();
  }

  /** Refuses JSON in a file that is read as CSV. */
  private void refuseJson() throws BadInputException {
    if (bytes[from] == '{' && header.line().text().stripTrailing().endsWith("}")) {
      throw new BadInputException(
          file + ": holds JSON; set input.format: jsonl, or name the file *.jsonl");
    }
  }

  /** Refuses a file whose header line does not have the declared delimiter. */
  private void refuseDelimiter(Character declared) throws BadInputException {
    if (declared != null && header.line().cells().size() == 1) {
      throw new MissingColumnException(
          file,
          header.line().cells(),
          String.format(
              Locale.ROOT,
              "%s: input.delimiter is %s, but the header line '%s' does not contain it; remove"
                  + " input.delimiter, or set it to the character between the columns",
              file,
              CsvHeader.inWords(declared),
              shortened(header.line().text())));
    }
  }

  /** Refuses a file if the line that should be the header looks like a record. */
  private void refuseRecord() throws BadInputException {
    if (header.line().looksLikeRecord()) {
      throw new MissingColumnException(
          file,
          header.line().cells(),
          String.format(
              Locale.ROOT,
              "%s: %s '%s' is a record, but a header is expected; add a line with the names of the columns",
              file,
              header.linesAbove() == 0 ? "the first line" : "line " + (header.linesAbove() + 1),
              shortened(header.line().text())));
    }
  }

  /**
   * Returns advice about the delimiter if the header line has a character that is not a letter, a
   * digit or an underscore.
   */
  private String delimiterAdvice() {
    return header.line().text().matches("\\w+")
        ? ""
        : "; if another character separates the columns, set input.delimiter";
  }

  private static String shortened(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return Rejection.excerpt(utf8, 0, utf8.length);
  }
}
