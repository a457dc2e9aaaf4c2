package personas.table;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns that the folders of a file name, as Hive and Spark write partitions: all records of
 * {@code data/dt=2026-01-01/part-0.parquet} have this text in the column {@code dt}. A column that
 * the file itself holds wins.
 */
public final class PartitionColumns {
  /** What Hive writes where a partition has no value. */
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern FOLDER = Pattern.compile("([^=/\\\\]+)=([^/\\\\]*)[/\\\\]");
  private static final Pattern ESCAPE = Pattern.compile("(%[0-9A-Fa-f]{2})+");

  private final Map<String, String> values;

  private PartitionColumns(Map<String, String> values) {
    this.values = values;
  }

  /** Those of a file, by its path. If two folders name a column, the inner one counts. */
  public static PartitionColumns of(String file) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher folders = FOLDER.matcher(file);
    while (folders.find()) {
      String value = folders.group(2);
      values.put(unescaped(folders.group(1)), value.equals(NO_VALUE) ? "" : unescaped(value));
    }
    return new PartitionColumns(Collections.unmodifiableMap(values));
  }

  /** Bytes that may not stand in a name are written as in the address of a web page. */
  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape -> {
              String hex = escape.group();
              byte[] utf8 = new byte[hex.length() / 3];
              for (int i = 0; i < utf8.length; i++) {
                utf8[i] = (byte) Integer.parseInt(hex.substring(3 * i + 1, 3 * i + 3), 16);
              }
              return Matcher.quoteReplacement(new String(utf8, StandardCharsets.UTF_8));
            });
  }

  /** Whether the folders name a column. */
  public boolean has(String column) {
    return values.containsKey(column);
  }

  /** The text of a column in every record; empty if it has no value there. */
  public String value(String column) {
    return values.get(column);
  }

  /** The names of the columns, from the outermost folder inward. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }
}
