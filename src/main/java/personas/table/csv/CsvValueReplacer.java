package personas.table.csv;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import personas.text.CsvBuffer;

/**
 * Copies a CSV file that {@link CsvBuffer} wrote, and replaces values in some columns. All other
 * bytes stay unchanged. Fields are compared in written form, with quotes, one field at a time.
 */
public final class CsvValueReplacer {
  private final Map<String, Map<String, String>> replacements = new HashMap<>();
  private final OutputStream out;

  /** The replacements of each column of the file; null for a column that is copied. */
  private final List<Map<String, String>> columns = new ArrayList<>();

  private final ByteArrayOutputStream field = new ByteArrayOutputStream();
  private boolean isHeader = true;
  private int column;

  private CsvValueReplacer(Map<String, Map<String, String>> replacements, OutputStream out) {
    this.out = out;
    replacements.forEach(
        (name, values) -> {
          Map<String, String> written = new HashMap<>();
          values.forEach((from, to) -> written.put(written(from), written(to)));
          this.replacements.put(written(name), written);
        });
  }

  /**
   * Copies a file.
   *
   * @param in the file; the caller closes it
   * @param replacements for each column name a map from old to new values
   * @param out the copy; the caller closes it
   */
  public static void copy(
      InputStream in, Map<String, Map<String, String>> replacements, OutputStream out)
      throws IOException {
    new CsvValueReplacer(replacements, out).copy(new BufferedInputStream(in, 1 << 16));
  }

  /** Returns the bytes of a field as text with one character per byte, so that no byte is lost. */
  private static String written(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    CsvBuffer buffer = new CsvBuffer();
    buffer.appendField(utf8, 0, utf8.length);
    return new String(buffer.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  private void copy(InputStream in) throws IOException {
    boolean isQuoted = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      isQuoted ^= b == '"';
      if (isQuoted || (b != ',' && b != '\n')) {
        field.write(b);
        continue;
      }
      endField();
      out.write(b);
      column++;
      if (b == '\n') {
        column = 0;
        isHeader = false;
      }
    }
    endField();
  }

  private void endField() throws IOException {
    Map<String, String> values = null;
    if (isHeader) {
      // If a name occurs twice, only the first column, which the run has added, is replaced.
      columns.add(replacements.remove(field.toString(StandardCharsets.ISO_8859_1)));
    } else if (column < columns.size()) {
      values = columns.get(column);
    }
    String value = values == null ? null : field.toString(StandardCharsets.ISO_8859_1);
    String replacement = values == null ? null : values.get(value);
    if (replacement == null) {
      field.writeTo(out);
    } else {
      out.write(replacement.getBytes(StandardCharsets.ISO_8859_1));
    }
    field.reset();
  }
}
