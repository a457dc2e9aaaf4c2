package personas.table.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;
import personas.table.avro.AvroRowReader;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.csv.CsvHeader;
import personas.table.csv.CsvLayout;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.table.ledger.Rejection;
import personas.table.ledger.SourceLedger;
import personas.table.parquet.ParquetRowReader;
import personas.text.ColumnNames;
import personas.text.NearestName;

/**
 * The header of a file: the format, the position of the first record and, for CSV, the delimiter
 * and the indexes of the columns.
 *
 * @param format the format of the file
 * @param dataStart the first byte after a byte order mark and the header line; the first block of
 *     an Avro file; 0 if ranges are rows, as in a Parquet file or a staged query
 * @param separator the declared delimiter, or the delimiter of {@code , ; tab |} that gives the
 *     required columns
 * @param columns the number of fields of a record
 * @param id the index of the id column; -1 if rows are identified by their position
 * @param features the indexes of the features, in the order of the schema
 * @param passThrough the indexes of the columns that are copied
 * @param linesAbove the number of lines above the header line
 * @param ofFolders the values of partition columns; the indexes of these columns follow the indexes
 *     of the fields
 */
public record FileHeader(
    InputFormat format,
    long dataStart,
    char separator,
    int columns,
    int id,
    List<Integer> features,
    List<Integer> passThrough,
    int linesAbove,
    List<String> ofFolders)
    implements Serializable {

  private static final int MAX_BYTES = 1 << 20;
  private static final String LINE_ENDS =
      "end lines with a line feed (LF), or with a carriage return and a line feed (CRLF)";
  private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*(\\{|$)");
  private static final Pattern JSON_OVER_LINES = Pattern.compile("\\s*\\{[ \\t]*\\r?\\n\\s*\"");
  private static final Pattern CONFLICT_MARKER = Pattern.compile("(<{7}|={7}|>{7}).*");

  /**
   * Reads the beginning of a file.
   *
   * @param declared the format; null to detect it by the first bytes or the name
   * @throws BadInputException if the file is empty, is not UTF-8, has another format, or lacks a
   *     column of the schema
   */
  public static FileHeader read(ByteSource source, UserSchema schema, InputFormat declared)
      throws IOException {
    InputFormat named = declared != null ? declared : InputFormat.ofName(source.name());
    byte[] start = named.isTyped() ? new byte[0] : firstBytes(source);
    InputFormat format = formatOf(source, declared, start);
    if (format.isTyped()) {
      return ofTable(format, checkColumns(source, schema, format));
    }
    refuseOtherContainers(source, start);
    int from = textStart(start);
    if (format == InputFormat.JSONL) {
      refuseOtherJson(
          source.name(),
          start,
          from,
          RequiredColumns.of(schema).wanted(),
          schema.syntax().delimiter());
      return new FileHeader(format, from, ',', 0, -1, List.of(), List.of(), 0, List.of());
    }
    if (start.length == from) {
      throw new BadInputException(
          source.name() + ": is empty; a CSV file starts with a header line");
    }
    return ofCsv(source.name(), start, from, schema);
  }

  /**
   * Returns the format of a file by the first bytes, or else the declared format, or else the
   * format of the name.
   *
   * @throws BadInputException if the first bytes contradict the declared format
   */
  static InputFormat formatOf(ByteSource source, InputFormat declared, byte[] start)
      throws BadInputException {
    InputFormat named = declared != null ? declared : InputFormat.ofName(source.name());
    InputFormat held = typedFormat(start);
    if (held != null && declared != null && held != declared) {
      throw new BadInputException(
          source.name()
              + ": holds "
              + held
              + ", but input.format is "
              + declared
              + "; correct or remove input.format");
    }
    return held != null ? held : named;
  }

  /** Returns the position of the first byte after a byte order mark. */
  static int textStart(byte[] start) {
    return startsWith(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  /** Refuses a CSV file that is empty or whose lines cannot be told apart. */
  static void refuseUnreadable(String file, byte[] bytes, CsvHeader header)
      throws BadInputException {
    if (bytes.length == 0) {
      throw new BadInputException(file + ": is empty; a CSV file starts with a header line");
    }
    refuseBrokenLine(file, header);
    refuseCarriageReturns(file, bytes, Math.min(bytes.length, header.end() + 1), header);
  }

  /**
   * Returns the header of a typed table whose columns have been checked and whose ranges are rows.
   */
  public static FileHeader ofTable(InputFormat format) {
    return ofTable(format, 0);
  }

  private static FileHeader ofTable(InputFormat format, long dataStart) {
    return new FileHeader(format, dataStart, ',', 0, -1, List.of(), List.of(), 0, List.of());
  }

  /** Returns whether ranges of the file are ranges of rows. */
  boolean hasRowRanges() {
    return format.isTyped() && dataStart == 0;
  }

  /**
   * Returns counts of things that were recognized without a declaration, see {@link SourceLedger}.
   */
  Map<String, Long> recognized() {
    Map<String, Long> recognized = new TreeMap<>();
    if (linesAbove > 0) {
      recognized.put("lines above the header", (long) linesAbove);
    }
    if (",;\t".indexOf(separator) < 0) {
      recognized.put("delimiter " + CsvHeader.shown(separator), 1L);
    }
    return recognized;
  }

  /** Returns Avro or Parquet if the first bytes show it, otherwise null. */
  private static InputFormat typedFormat(byte[] start) {
    if (startsWith(start, 'O', 'b', 'j', 1)) {
      return InputFormat.AVRO;
    }
    // The fifth byte begins the first structure of a Parquet file, and does not occur in a header
    // line.
    return startsWith(start, 'P', 'A', 'R', '1', 0x15) ? InputFormat.PARQUET : null;
  }

  /**
   * Checks the columns of a typed file. Returns the position of the first Avro block, or 0 for
   * Parquet.
   */
  private static long checkColumns(ByteSource source, UserSchema schema, InputFormat format)
      throws IOException {
    if (UncompressedStream.isCompressed(source)) {
      throw new BadInputException(
          source.name()
              + ": an "
              + format
              + " file must not be compressed with gzip, because its blocks are compressed; unpack it");
    }
    if (format == InputFormat.AVRO) {
      try (AvroRowReader table = AvroRowReader.open(source, schema)) {
        return table.nextBlock();
      }
    }
    ParquetRowReader.open(source, schema, new ByteRange(source.name(), 0, 0)).close();
    return 0;
  }

  private static byte[] firstBytes(ByteSource source) throws IOException {
    try (InputStream in = UncompressedStream.open(source, 0)) {
      return in.readNBytes(MAX_BYTES);
    }
  }

  static void refuseOtherContainers(ByteSource source, byte[] start) throws BadInputException {
    if (startsWith(start, 0xFE, 0xFF) || startsWith(start, 0xFF, 0xFE)) {
      throw new BadInputException(source.name() + ": is UTF-16; save it as UTF-8");
    }
    if (startsWith(start, 0x1F, 0x8B)) {
      throw new BadInputException(
          source.name() + ": holds gzip data; compress a file once, and end its name in .gz");
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      throw new BadInputException(
          source.name() + ": holds a zip archive or a workbook; save it as CSV in UTF-8");
    }
    String container = ContainerFormat.of(start);
    if (container != null) {
      throw new BadInputException(
          source.name()
              + ": holds "
              + container
              + ", which cannot be read; convert or unpack it to CSV in UTF-8");
    }
  }

  /** Refuses JSON that does not have one object per line, and CSV with the name of JSON. */
  static void refuseOtherJson(
      String file, byte[] start, int from, List<String> wanted, Character delimiter)
      throws BadInputException {
    String text = new String(start, from, start.length - from, StandardCharsets.UTF_8);
    String shape =
        JSON_ARRAY.matcher(text).lookingAt()
            ? "a JSON array"
            : JSON_OVER_LINES.matcher(text).lookingAt() ? "JSON objects of several lines" : null;
    if (shape != null) {
      throw new BadInputException(
          file
              + ": holds "
              + shape
              + " instead of one object per line. Convert the file with: jq -c "
              + (shape.endsWith("array") ? "'.[]' " : ". ")
              + file);
    }
    boolean isObject = text.stripLeading().startsWith("{");
    if (!isObject
        && start.length > from
        && (wanted.isEmpty()
            ? CsvHeader.guess(start, from).names().size() > 1
            : CsvHeader.find(start, from, wanted, delimiter).isComplete())) {
      throw new BadInputException(
          file + ": holds CSV; set input.format: csv, or name the file *.csv");
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static FileHeader ofCsv(String file, byte[] bytes, int from, UserSchema schema)
      throws BadInputException {
    refuseConflict(file, CsvHeader.text(bytes, from, CsvHeader.recordEnd(bytes, from)));
    PartitionColumns folders = PartitionColumns.of(file);
    CsvHeader found =
        CsvHeader.find(
            bytes,
            from,
            RequiredColumns.of(schema).wanted().stream()
                .filter(column -> !folders.has(column))
                .toList(),
            schema.syntax().delimiter());
    refuseBrokenLine(file, found);
    if (!found.isComplete()) {
      refuseJson(file, bytes, from, found);
      refuseDelimiter(file, found, schema.syntax().delimiter());
      refuseRecord(file, found);
    }
    List<Integer> features = new ArrayList<>();
    for (Feature number : schema.numbers()) {
      features.add(place(file, found, number.column(), folders));
    }
    List<Integer> passThrough = new ArrayList<>();
    for (String column : schema.passThrough()) {
      passThrough.add(place(file, found, column, folders));
    }
    int id =
        schema.idColumn() == null
            ? -1
            : place(file, found, schema.idColumn(), PartitionColumns.of(""));
    long dataStart = Math.min(bytes.length, found.end() + 1L);
    refuseCarriageReturns(file, bytes, (int) dataStart, found);
    return new FileHeader(
        InputFormat.CSV,
        dataStart,
        found.separator(),
        found.names().size(),
        id,
        features,
        passThrough,
        found.linesAbove(),
        folders.names().stream().map(folders::value).toList());
  }

  private static void refuseConflict(String file, String line) throws BadInputException {
    if (CONFLICT_MARKER.matcher(line.lines().findFirst().orElse("")).matches()) {
      throw new BadInputException(
          file + ": the header line '" + shortened(line) + "' is the marker of a merge conflict");
    }
  }

  private static void refuseBrokenLine(String file, CsvHeader header) throws BadInputException {
    String line = header.line();
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

  /** Returns whether a carriage return is outside of quotes, as in files of an old Mac. */
  private static boolean hasBareCarriageReturn(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      if (!quoted && line.charAt(i) == '\r') {
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses a file whose records end with carriage returns, because the first record would hold all
   * others.
   */
  private static void refuseCarriageReturns(
      String file, byte[] bytes, int dataStart, CsvHeader header) throws BadInputException {
    int end = dataStart;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    String record = new String(bytes, dataStart, end - dataStart, StandardCharsets.UTF_8).strip();
    if (hasBareCarriageReturn(record) && everyLineIsRecord(record, header)) {
      throw new BadInputException(
          file + ": only carriage returns separate the records; " + LINE_ENDS);
    }
  }

  /** Returns whether each text between carriage returns has as many fields as the header. */
  private static boolean everyLineIsRecord(String record, CsvHeader header) {
    for (String line : record.split("\r", -1)) {
      if (CsvHeader.split(line, header.separator()).size() != header.names().size()) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a CSV file without known columns if its header line is not a header. */
  static void refuseOtherHeader(String file, byte[] bytes, int from, CsvHeader header)
      throws BadInputException {
    refuseJson(file, bytes, from, header);
    if (!header.looksLikeRecord() || header.hasNumberedColumns()) {
      return;
    }
    CsvHeader above = header.lineAbove(bytes, from);
    if (above != null && above.names().size() > 1 && above.hasNames() && !above.looksLikeRecord()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: the header line '%s' has %,d columns, but the records have %,d fields, for"
                  + " example '%s'; give each field a name, or remove delimiters at the end of the"
                  + " lines",
              file,
              shortened(above.line()),
              above.names().size(),
              header.names().size(),
              shortened(header.line())));
    }
    refuseRecord(file, header);
  }

  /** Refuses JSON with the name of CSV. */
  private static void refuseJson(String file, byte[] bytes, int from, CsvHeader header)
      throws BadInputException {
    if (bytes[from] == '{' && header.line().stripTrailing().endsWith("}")) {
      throw new BadInputException(
          file + ": holds JSON; set input.format: jsonl, or name the file *.jsonl");
    }
  }

  /** Refuses a file whose header line does not have the declared delimiter. */
  private static void refuseDelimiter(String file, CsvHeader header, Character declared)
      throws BadInputException {
    if (declared != null && header.names().size() == 1) {
      throw new MissingColumnException(
          file,
          header.names(),
          String.format(
              Locale.ROOT,
              "%s: input.delimiter is %s, but the header line '%s' does not contain it; remove"
                  + " input.delimiter, or set it to the character between the columns",
              file,
              CsvHeader.shown(declared),
              shortened(header.line())));
    }
  }

  /** Refuses a file without a header. */
  private static void refuseRecord(String file, CsvHeader header) throws BadInputException {
    if (header.looksLikeRecord()) {
      throw new MissingColumnException(
          file,
          header.names(),
          String.format(
              Locale.ROOT,
              "%s: %s '%s' is a record, but a header is expected; add a line with the names of the"
                  + " columns",
              file,
              header.linesAbove() == 0 ? "the first line" : "line " + (header.linesAbove() + 1),
              shortened(header.line())));
    }
  }

  /**
   * Returns the index of a column. The indexes of partition columns follow the indexes of the
   * fields.
   */
  private static int place(String file, CsvHeader header, String wanted, PartitionColumns folders)
      throws BadInputException {
    List<String> names = header.names();
    int place = ColumnNames.find(wanted, names);
    if (place == ColumnNames.SEVERAL) {
      throw new BadInputException(
          file
              + ": column '"
              + wanted
              + "' occurs twice in the header; rename or remove one of them");
    }
    if (place == ColumnNames.NONE && folders.has(wanted)) {
      return names.size() + folders.names().indexOf(wanted);
    }
    if (place == ColumnNames.NONE) {
      throw new MissingColumnException(
          file,
          names,
          String.format(
              Locale.ROOT,
              "%s: missing column '%s'; %s",
              file,
              wanted,
              names.size() == 1
                  ? "the header line is '" + shortened(names.get(0)) + "'" + delimiterAdvice(header)
                  : "nearest is '" + shortened(NearestName.of(wanted, names)) + "'"));
    }
    return place;
  }

  /** Returns advice for a header of one cell, whose delimiter may be one that is not detected. */
  private static String delimiterAdvice(CsvHeader header) {
    return header.line().matches("\\w+")
        ? ""
        : "; if another character separates the columns, set input.delimiter";
  }

  private static String shortened(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return Rejection.excerpt(utf8, 0, utf8.length);
  }

  /** Returns the indexes of the columns of a CSV file. */
  CsvLayout csvLayout() {
    return new CsvLayout(separator, columns, id, features, passThrough, ofFolders);
  }
}
