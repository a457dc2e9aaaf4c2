package personas.table.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import personas.feature.UserSchema;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;
import personas.table.bytes.ByteSource;
import personas.table.bytes.UncompressedStream;
import personas.table.ledger.MissingColumnException;
import personas.text.NearestName;

/** Checks the keys of the first records of JSON lines, because JSON lines do not have a header. */
public final class JsonKeyCheck {
  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_NAMES_IN_MESSAGE = 30;

  private final List<String> wanted;
  private final Set<String> keys = new LinkedHashSet<>();
  private int records;

  private JsonKeyCheck(UserSchema schema) {
    wanted = RequiredColumns.of(schema).names();
  }

  /**
   * Refuses a file if a required key is missing in all records of the first megabyte, because then
   * the name is probably wrong. A key that only some records lack is a missing value.
   *
   * @return whether the file has a record; if it does not, or if no line is JSON, nothing is
   *     checked
   * @throws MissingColumnException if a required key is missing in all these records; the message
   *     names the first missing key, the key with the nearest name, and the existing keys
   */
  public static boolean check(ByteSource source, UserSchema schema) throws IOException {
    JsonKeyCheck check = new JsonKeyCheck(schema);
    try (InputStream in = UncompressedStream.open(source, 0)) {
      check.read(in.readNBytes(MAX_BYTES));
    }
    if (check.records > 0) {
      check.refuseMissing(source.name());
    }
    return check.records > 0;
  }

  /**
   * Reads lines until all required keys are found. A line that is cut off at the end is skipped.
   */
  private void read(byte[] bytes) throws IOException {
    int start = 0;
    while (start < bytes.length && !(records > 0 && keys.containsAll(wanted))) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      readLine(bytes, start, end);
      start = end + 1;
    }
  }

  private void readLine(byte[] bytes, int start, int end) throws IOException {
    List<String> keysOfLine = new ArrayList<>();
    try (JsonParser parser = JsonLinesReader.FACTORY.createParser(bytes, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      addKeys(parser, "", keysOfLine);
      if (parser.nextToken() == null) {
        records++;
        keys.addAll(keysOfLine);
      }
    } catch (JsonProcessingException e) {
      // JsonLinesReader rejects this line.
    }
  }

  /** Adds the keys of an object and of the objects in it. */
  private static void addKeys(JsonParser parser, String outer, List<String> keys)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = outer + parser.currentName();
      keys.add(key);
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        addKeys(parser, key + ".", keys);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void refuseMissing(String source) throws MissingColumnException {
    PartitionColumns folders = PartitionColumns.of(source);
    for (String column : wanted) {
      if (!keys.contains(column) && !folders.has(column)) {
        List<String> existing = List.copyOf(keys);
        throw new MissingColumnException(
            source,
            existing,
            String.format(
                Locale.ROOT,
                "%s: missing key '%s'; the first %,d records have %s",
                source,
                column,
                records,
                existing.isEmpty()
                    ? "no keys"
                    : "the keys "
                        + firstNames(existing)
                        + "; nearest is '"
                        + NearestName.of(column, existing)
                        + "'"));
      }
    }
  }

  private static String firstNames(List<String> names) {
    int shown = Math.min(MAX_NAMES_IN_MESSAGE, names.size());
    String first = String.join(", ", names.subList(0, shown));
    return names.size() == shown ? first : first + " and " + (names.size() - shown) + " more";
  }
}
