package personas.table.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.avro.AvroRowReader;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.table.ledger.Rejection;
import personas.table.parquet.ParquetRowReader;
import personas.text.NearestName;

/**
 * What the beginning of a file says: where its records start and, for CSV, the separator and which
 * column is what.
 *
 * @param format of the file
 * @param dataStart the first byte behind a byte order mark and the header line; of an Avro file its
 *     first block; 0 of a table whose ranges are rows, which a Parquet file and a staged query are
 * @param separator comma, semicolon or tab, whichever the header line has most of; comma where it
 *     has none
 * @param columns fields of a record
 * @param id the place of the id column; -1 where rows are known by their position
 * @param features the places of the features, in the order of the schema
 * @param passThrough the places of the columns that are copied
 */
public record FileHeader(
    InputFormat format,
    long dataStart,
    char separator,
    int columns,
    int id,
    List<Integer> features,
    List<Integer> passThrough)
    implements Serializable {

  private static final int MOST_BYTES = 1 << 20;
  private static final Pattern CONFLICT_MARKER = Pattern.compile("(<{7}|={7}|>{7}).*");

  /**
   * Reads the beginning of a file.
   *
   * @param declared the format; null where the file is to tell it, by its first bytes or its name
   * @throws BadInputException where the file is empty, is not UTF-8, is of another format, or has
   *     not the columns of the schema
   */
  public static FileHeader read(ByteSource source, UserSchema schema, InputFormat declared)
      throws IOException {
    InputFormat format = declared != null ? declared : InputFormat.ofName(source.name());
    byte[] start = format.isTyped() ? new byte[0] : firstBytes(source);
    InputFormat held = typedFormat(start);
    if (held != null && declared != null) {
      throw new BadInputException(
          source.name() + ": holds " + held + ", and input.format says " + declared);
    }
    format = held != null ? held : format;
    if (format.isTyped()) {
      return ofTable(format, checkColumns(source, schema, format));
    }
    refuseOtherEncodings(source, start);
    int from = startsWith(start, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    if (format == InputFormat.JSONL) {
      return new FileHeader(format, from, ',', 0, -1, List.of(), List.of());
    }
    if (start.length == from) {
      throw new BadInputException(
          source.name() + ": is empty; a CSV file starts with a header line");
    }
    return ofLine(source.name(), start, from, schema);
  }

  /**
   * The header of a table with typed values whose columns are known to be there and whose ranges
   * are rows.
   */
  public static FileHeader ofTable(InputFormat format) {
    return ofTable(format, 0);
  }

  private static FileHeader ofTable(InputFormat format, long dataStart) {
    return new FileHeader(format, dataStart, ',', 0, -1, List.of(), List.of());
  }

  /** Whether ranges of the file are rows and not bytes. */
  boolean hasRowRanges() {
    return format.isTyped() && dataStart == 0;
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
      return in.readNBytes(MOST_BYTES);
    }
  }

  private static void refuseOtherEncodings(ByteSource source, byte[] start)
      throws BadInputException {
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

  private static FileHeader ofLine(String file, byte[] bytes, int from, UserSchema schema)
      throws BadInputException {
    int end = from;
    boolean quoted = false;
    while (end < bytes.length && (quoted || bytes[end] != '\n')) {
      quoted ^= bytes[end] == '"';
      end++;
    }
    int lineEnd = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    String line = new String(bytes, from, lineEnd - from, StandardCharsets.UTF_8);
    refuseBrokenLine(file, line, quoted, end);
    char separator = separator(line);
    List<String> names = split(line, separator);
    List<Integer> features = new ArrayList<>();
    for (Feature feature : schema.features()) {
      features.add(place(file, names, feature.name()));
    }
    List<Integer> passThrough = new ArrayList<>();
    for (String column : schema.passThrough()) {
      passThrough.add(place(file, names, column));
    }
    int id = schema.idColumn() == null ? -1 : place(file, names, schema.idColumn());
    long dataStart = Math.min(bytes.length, end + 1L);
    return new FileHeader(
        InputFormat.CSV, dataStart, separator, names.size(), id, features, passThrough);
  }

  private static void refuseBrokenLine(String file, String line, boolean quoted, int end)
      throws BadInputException {
    String fault = null;
    if (CONFLICT_MARKER.matcher(line.lines().findFirst().orElse("")).matches()) {
      fault = "is the marker of a merge conflict";
    } else if (line.indexOf('\0') >= 0) {
      fault = "has NUL bytes; is the file UTF-16? Save it as UTF-8";
    } else if (quoted) {
      fault = "has a quote that is never closed";
    } else if (end == MOST_BYTES) {
      fault = "is longer than " + MOST_BYTES + " bytes";
    } else if (line.indexOf('\r') >= 0 && line.indexOf('"') < 0) {
      fault = "has a carriage return inside; lines end in LF or CRLF";
    }
    if (fault != null) {
      throw new BadInputException(file + ": the header line '" + shortened(line) + "' " + fault);
    }
  }

  private static char separator(String line) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (split(line, candidate).size() > split(line, best).size()) {
        best = candidate;
      }
    }
    return best;
  }

  static List<String> split(String line, char separator) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
          name.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    names.add(name.toString());
    return names;
  }

  private static int place(String file, List<String> names, String wanted)
      throws BadInputException {
    int place = names.indexOf(wanted);
    if (place < 0) {
      throw new MissingColumnException(
          file,
          names,
          String.format(
              Locale.ROOT,
              "%s: missing column '%s'; %s",
              file,
              wanted,
              names.size() == 1
                  ? "its header line is '" + shortened(names.get(0)) + "'"
                  : "nearest is '" + shortened(NearestName.of(wanted, names)) + "'"));
    }
    if (names.lastIndexOf(wanted) != place) {
      throw new BadInputException(file + ": column '" + wanted + "' stands twice in the header");
    }
    return place;
  }

  private static String shortened(String name) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    return Rejection.excerpt(utf8, 0, utf8.length);
  }
}
