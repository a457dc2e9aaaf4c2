package personas.table.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
import personas.table.ledger.SourceLedger;
import personas.table.parquet.ParquetRowReader;

/**
 * What the beginning of a file says: where its records start and, for CSV, the separator and which
 * column is what.
 *
 * @param format of the file
 * @param dataStart the first byte behind a byte order mark and the header line; of an Avro file its
 *     first block; 0 of a table whose ranges are rows, which a Parquet file and a staged query are
 * @param separator the declared delimiter, or the one of {@code , ; tab |} that gives the wanted
 *     columns
 * @param columns fields of a record
 * @param id the place of the id column; -1 where rows are known by their position
 * @param features the places of the features, in the order of the schema
 * @param passThrough the places of the columns that are copied
 * @param linesAbove lines above the header line
 * @param ofFolders the texts of the columns that the file does not hold and its folders name; their
 *     places follow those of the fields
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

  private static final Pattern JSON_ARRAY = Pattern.compile("\\s*\\[\\s*(\\{|$)");
  private static final Pattern JSON_OVER_LINES = Pattern.compile("\\s*\\{[ \\t]*\\r?\\n\\s*\"");

  /**
   * Reads the beginning of a file.
   *
   * @param declared the format; null where the file is to tell it, by its first bytes or its name
   * @throws BadInputException where the file is empty, is not UTF-8, is of another format, or has
   *     not the columns of the schema
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

  /** The format that is declared, or that the first bytes or the name of a file tell. */
  static InputFormat formatOf(ByteSource source, InputFormat declared, byte[] start)
      throws BadInputException {
    InputFormat named = declared != null ? declared : InputFormat.ofName(source.name());
    InputFormat held = typedFormat(start);
    if (held != null && declared != null && held != declared) {
      throw new BadInputException(
          source.name() + ": holds " + held + ", and input.format says " + declared);
    }
    return held != null ? held : named;
  }

  /** The first byte behind a byte order mark. */
  static int textStart(byte[] start) {
    return startsWith(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
  }

  /**
   * The header of a table with typed values whose columns are known to be there and whose ranges
   * are rows.
   */
  public static FileHeader ofTable(InputFormat format) {
    return ofTable(format, 0);
  }

  private static FileHeader ofTable(InputFormat format, long dataStart) {
    return new FileHeader(format, dataStart, ',', 0, -1, List.of(), List.of(), 0, List.of());
  }

  /** Whether ranges of the file are rows and not bytes. */
  boolean hasRowRanges() {
    return format.isTyped() && dataStart == 0;
  }

  /** What was recognized in the file without a declaration, as in {@link SourceLedger}. */
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

  /** Avro or Parquet by their first bytes; null for anything else. */
  private static InputFormat typedFormat(byte[] start) {
    if (startsWith(start, 'O', 'b', 'j', 1)) {
      return InputFormat.AVRO;
    }
    // No header line goes on with this byte, with which the first structure of the file begins.
    return startsWith(start, 'P', 'A', 'R', '1', 0x15) ? InputFormat.PARQUET : null;
  }

  /** Returns where the first block of an Avro file starts; 0 for a Parquet file. */
  private static long checkColumns(ByteSource source, UserSchema schema, InputFormat format)
      throws IOException {
    if (UncompressedStream.isCompressed(source)) {
      throw new BadInputException(
          source.name() + ": " + format + " is compressed inside, not as a whole by gzip");
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
      return in.readNBytes(CsvStart.MOST_BYTES);
    }
  }

  static void refuseOtherContainers(ByteSource source, byte[] start) throws BadInputException {
    if (startsWith(start, 0xFE, 0xFF) || startsWith(start, 0xFF, 0xFE)) {
      throw new BadInputException(source.name() + ": is UTF-16; save it as UTF-8");
    }
    if (startsWith(start, 0x1F, 0x8B)) {
      throw new BadInputException(
          source.name() + ": holds gzip; only a name that ends in .gz is uncompressed, and once");
    }
    if (startsWith(start, 'P', 'K', 3, 4)) {
      throw new BadInputException(
          source.name() + ": holds a zip archive or a workbook; save it as CSV in UTF-8");
    }
    String container = ContainerFormat.of(start);
    if (container != null) {
      throw new BadInputException(
          source.name() + ": holds " + container + ", which is not read; unpack it first");
    }
  }

  /** Refuses JSON that is not one object a line, and CSV under the name of JSON. */
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
              + "; one object a line is read. This writes such lines: jq -c "
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
          file + ": holds CSV; say input.format: csv, or name the file *.csv");
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
      features.add(start.place(number.column(), folders));
    }
    List<Integer> passThrough = new ArrayList<>();
    for (String column : schema.passThrough()) {
      passThrough.add(start.place(column, folders));
    }
    String id = schema.idColumn();
    int idPlace = id == null ? -1 : start.place(id, PartitionColumns.of(""));
    start.refuseCarriageReturns();
    CsvHeader found = start.header();
    return new FileHeader(
        InputFormat.CSV,
        start.dataStart(),
        found.separator(),
        found.names().size(),
        idPlace,
        features,
        passThrough,
        found.linesAbove(),
        folders.names().stream().map(folders::value).toList());
  }

  /** Which column of the CSV file is what. */
  CsvLayout csvLayout() {
    return new CsvLayout(separator, columns, id, features, passThrough, ofFolders);
  }
}
