package personas.table.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.math.Require;
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
import personas.table.ledger.ValueCounts;
import personas.table.parquet.ParquetRowReader;

/**
 * The header of a file: the format, the position of the first record and, for CSV, the layout of a
 * record.
 *
 * @param format the format of the file
 * @param dataStart the first byte after a byte order mark and the header line; the first block of
 *     an Avro file; 0 if ranges are rows, as in a Parquet file or a staged query
 * @param layout the layout of a CSV record, with the declared delimiter, or the delimiter of {@code
 *     , ; tab |} that gives the required columns; {@link CsvLayout#NONE} for other formats
 * @param linesAbove the number of lines above the header line
 */
public record FileHeader(InputFormat format, long dataStart, CsvLayout layout, int linesAbove)
    implements Serializable {
  private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*(\\{|$)");
  private static final Pattern JSON_OVER_LINES = Pattern.compile("\\s*\\{[ \\t]*\\r?\\n\\s*\"");

  public FileHeader {
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(layout, "layout");
    Require.atLeast(0, "dataStart", dataStart);
    Require.atLeast(0, "linesAbove", linesAbove);
  }

  /**
   * Reads the beginning of a file.
   *
   * @param declared the format; null to detect it by the first bytes or the name
   * @throws BadInputException if the file is empty, is not UTF-8, has another format, or lacks a
   *     column of the schema
   */
  public static FileHeader read(ByteSource source, UserSchema schema, InputFormat declared)
      throws IOException {
    InputFormat formatOfName = declared != null ? declared : InputFormat.ofName(source.name());
    byte[] start = formatOfName.isTyped() ? new byte[0] : firstBytes(source);
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
          RequiredColumns.of(schema).names(),
          schema.syntax().delimiter());
      return new FileHeader(format, from, CsvLayout.NONE, 0);
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
    InputFormat formatOfName = declared != null ? declared : InputFormat.ofName(source.name());
    InputFormat detected = typedFormat(start);
    if (detected != null && declared != null && detected != declared) {
      throw new BadInputException(
          source.name()
              + ": holds "
              + detected
              + ", but input.format is "
              + declared
              + "; correct or remove input.format");
    }
    return detected != null ? detected : formatOfName;
  }

  /** Returns the position of the first byte after a byte order mark. */
  static int textStart(byte[] start) {
    return startsWith(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  /**
   * Returns the header of a typed table whose columns have been checked and whose ranges are rows.
   */
  public static FileHeader ofTable(InputFormat format) {
    return ofTable(format, 0);
  }

  private static FileHeader ofTable(InputFormat format, long dataStart) {
    return new FileHeader(format, dataStart, CsvLayout.NONE, 0);
  }

  /** Returns whether ranges of the file are ranges of rows. */
  boolean hasRowRanges() {
    return format.isTyped() && dataStart == 0;
  }

  /**
   * Returns what was recognized in the file without a declaration, such as a delimiter, with
   * counts; see {@link ValueCounts}.
   */
  Map<String, Long> recognized() {
    Map<String, Long> recognized = new TreeMap<>();
    if (linesAbove > 0) {
      recognized.put("lines above the header", (long) linesAbove);
    }
    if (",;\t".indexOf(layout.separator()) < 0) {
      recognized.put("delimiter " + CsvHeader.inWords(layout.separator()), 1L);
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
      return in.readNBytes(CsvStart.MAX_BYTES);
    }
  }

  /** Refuses UTF-16, archives and other containers, which the first bytes identify. */
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

  /**
   * Refuses JSON that does not have one object per line, and CSV in a file that is declared or
   * named as JSON lines.
   */
  static void refuseOtherJson(
      String file, byte[] start, int from, List<String> required, Character delimiter)
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
        && (required.isEmpty()
            ? CsvHeader.guess(start, from).line().cells().size() > 1
            : CsvHeader.find(start, from, required, delimiter).isComplete())) {
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
    PartitionColumns folders = PartitionColumns.of(file);
    CsvStart start = CsvStart.find(file, bytes, from, schema, folders);
    List<Integer> features = new ArrayList<>();
    for (Feature number : schema.numbers()) {
      features.add(start.index(number.column(), folders));
    }
    List<Integer> passThrough = new ArrayList<>();
    for (String column : schema.passThrough()) {
      passThrough.add(start.index(column, folders));
    }
    String id = schema.idColumn();
    int idIndex = id == null ? -1 : start.index(id, PartitionColumns.of(""));
    start.refuseCarriageReturns();
    CsvHeader csvHeader = start.header();
    CsvLayout layout =
        new CsvLayout(
            csvHeader.line().separator(),
            csvHeader.line().cells().size(),
            new CsvLayout.FieldIndexes(idIndex, features, passThrough),
            folders.names().stream().map(folders::value).toList());
    return new FileHeader(InputFormat.CSV, start.dataStart(), layout, csvHeader.linesAbove());
  }
}
