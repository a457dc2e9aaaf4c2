package personas.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * What the beginning of a file says: where its records start and, for CSV, the separator and which
 * column is what.
 *
 * @param dataStart the first byte behind a byte order mark and the header line
 * @param separator comma, semicolon or tab, whichever the header line has most of; comma where it
 *     has none
 * @param columns fields of a record
 * @param id the place of the id column; -1 where rows are known by their position
 * @param features the places of the features, in the order of the schema
 * @param passThrough the places of the columns that are copied
 */
public record Header(
    long dataStart,
    char separator,
    int columns,
    int id,
    List<Integer> features,
    List<Integer> passThrough)
    implements Serializable {

  private static final int MOST_BYTES = 1 << 20;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * Reads the beginning of a file.
   *
   * @throws BadInputException where the file is empty, is not UTF-8, or has not the columns of the
   *     schema
   */
  public static Header read(ByteSource source, UserSchema schema, InputFormat format)
      throws IOException {
    byte[] start = firstBytes(source);
    if (startsWith(start, 0xFE, 0xFF) || startsWith(start, 0xFF, 0xFE)) {
      throw new BadInputException(source.name() + ": is UTF-16; save it as UTF-8");
    }
    int from = startsWith(start, 0xEF, 0xBB, 0xBF) ? BYTE_ORDER_MARK.length : 0;
    if (format == InputFormat.JSONL) {
      return new Header(from, ',', 0, -1, List.of(), List.of());
    }
    if (start.length == from) {
      throw new BadInputException(
          source.name() + ": is empty; a CSV file starts with a header line");
    }
    return ofLine(source.name(), start, from, schema);
  }

  private static byte[] firstBytes(ByteSource source) throws IOException {
    try (InputStream in = openPlain(source, 0)) {
      return in.readNBytes(MOST_BYTES);
    }
  }

  /** The uncompressed bytes of a file. */
  static InputStream openPlain(ByteSource source, long position) throws IOException {
    InputStream stored = source.open(position);
    if (!source.name().endsWith(".gz")) {
      return stored;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(stored, 1 << 16), 1 << 16);
    } catch (IOException e) {
      stored.close();
      throw new BadInputException(source.name() + ": is no gzip file: " + e.getMessage(), e);
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

  private static Header ofLine(String file, byte[] bytes, int from, UserSchema schema)
      throws BadInputException {
    int end = from;
    boolean quoted = false;
    while (end < bytes.length && (quoted || bytes[end] != '\n')) {
      quoted ^= bytes[end] == '"';
      end++;
    }
    if (end == MOST_BYTES) {
      throw new BadInputException(
          file + ": its first line is longer than " + MOST_BYTES + " bytes");
    }
    int lineEnd = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    String line = new String(bytes, from, lineEnd - from, StandardCharsets.UTF_8);
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
    return new Header(dataStart, separator, names.size(), id, features, passThrough);
  }

  private static char separator(String line) {
    char best = ',';
    for (char candidate : new char[] {';', '\t'}) {
      if (count(line, candidate) > count(line, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String line, char separator) {
    return line.chars().filter(c -> c == separator).count();
  }

  private static List<String> split(String line, char separator) {
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
      throw new BadInputException(
          "%s: missing column '%s'; %s"
              .formatted(
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
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }
}
