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

/** What JSON lines have in place of a header: the keys of the first records of a file. */
public final class JsonKeyCheck {
  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_SHOWN = 30;

  private final List<String> wanted;
  private final Set<String> keys = new LinkedHashSet<>();
  private int records;

  private JsonKeyCheck(UserSchema schema) {
    wanted = RequiredColumns.of(schema).wanted();
  }

  /**
   * Refuses a file where no record within the first megabyte has a key that is needed: then it is
   * the name that is wrong. A key that only some records lack is a missing value of theirs.
   *
   * @return whether there is a record; a file without one, and lines that are no JSON, say nothing
   * @throws MissingColumnException names the first key that is missing, the nearest, and those that
   *     are there
   */
  public static boolean check(ByteSource source, UserSchema schema) throws IOException {
    JsonKeyCheck found = new JsonKeyCheck(schema);
    try (InputStream in = UncompressedStream.open(source, 0)) {
      found.read(in.readNBytes(MOST_BYTES));
    }
    if (found.records > 0) {
      found.refuseMissing(source.name());
    }
    return found.records > 0;
  }

  /** Reads lines until all that is wanted is found; one that the end cuts is no JSON. */
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
    List<String> ofLine = new ArrayList<>();
    try (JsonParser parser = JsonLinesReader.FACTORY.createParser(bytes, start, end - start)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      addKeys(parser, "", ofLine);
      if (parser.nextToken() == null) {
        records++;
        keys.addAll(ofLine);
      }
    } catch (JsonProcessingException e) {
      // The reader rejects it, and says so.
    }
  }

  /** Adds the keys of an object and of those within it. */
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
        List<String> has = List.copyOf(keys);
        throw new MissingColumnException(
            source,
            has,
            String.format(
                Locale.ROOT,
                "%s: missing key '%s'; the first %,d records have %s",
                source,
                column,
                records,
                has.isEmpty()
                    ? "none"
                    : "not it but "
                        + shown(has)
                        + "; nearest is '"
                        + NearestName.of(column, has)
                        + "'"));
      }
    }
  }

  private static String shown(List<String> has) {
    String first = String.join(", ", has.subList(0, Math.min(MOST_SHOWN, has.size())));
    return has.size() <= MOST_SHOWN ? first : first + " and " + (has.size() - MOST_SHOWN) + " more";
  }
}
