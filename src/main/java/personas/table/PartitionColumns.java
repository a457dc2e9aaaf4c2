package personas.table;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns whose values are in the names of folders, as Hive and Spark write partitions. All
 * records of {@code data/dt=2026-01-01/part-0.parquet} have the value {@code 2026-01-01} in the
 * column {@code dt}. If the file holds a column with the same name, the column of the file is used.
 */
public final class PartitionColumns {
  /** The value that Hive writes for a missing value. */
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private static final Pattern FOLDER = Pattern.compile("([^=/\\\\]+)=([^/\\\\]*)[/\\\\]");
  private static final Pattern ESCAPE = Pattern.compile("(%[0-9A-Fa-f]{2})+");

  private final Map<String, String> values;

  private PartitionColumns(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Returns the partition columns in the path of a file. If two folders name a column, the inner
   * folder wins.
   */
  public static PartitionColumns of(String file) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher folders = FOLDER.matcher(file);
    while (folders.find()) {
      String value = folders.group(2);
      values.put(unescaped(folders.group(1)), value.equals(NO_VALUE) ? "" : unescaped(value));
    }
    return new PartitionColumns(Collections.unmodifiableMap(values));
  }

  /** Decodes percent-encoded bytes, which stand for characters that a folder name cannot have. */
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

  /** Returns whether a folder names the column. */
  public boolean has(String column) {
    return values.containsKey(column);
  }

  /**
   * Returns the value of a column in every record of the file; empty for a missing value, null if
   * {@link #has} is false.
   */
  public String value(String column) {
    return values.get(column);
  }

  /** Returns the names of the columns, from the outermost folder to the innermost. */
  public List<String> names() {
    return List.copyOf(values.keySet());
  }
}
