package personas.model.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import personas.text.CsvBuffer;
import personas.text.ShortestDecimal;

/** Builds a small CSV table in memory, field by field. */
public final class CsvTableBuilder {
  private final CsvBuffer buffer = new CsvBuffer();
  private boolean isRowStarted;

  /** Appends a field of text. */
  public CsvTableBuilder text(String value) {
    separate();
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    buffer.appendField(utf8, 0, utf8.length);
    return this;
  }

  /** Appends a number in the shortest form that reads back as the same double. */
  public CsvTableBuilder number(double value) {
    separate();
    buffer.appendAscii(ShortestDecimal.of(value));
    return this;
  }

  /** Appends a whole number. */
  public CsvTableBuilder number(long value) {
    separate();
    buffer.appendAscii(Long.toString(value));
    return this;
  }

  /** Appends a number, or an empty field for null. */
  CsvTableBuilder numberOrEmpty(Double value) {
    return value == null ? empty() : number((double) value);
  }

  /** Appends an empty field. */
  public CsvTableBuilder empty() {
    separate();
    return this;
  }

  private void separate() {
    if (isRowStarted) {
      buffer.appendByte(',');
    }
    isRowStarted = true;
  }

  /** Ends the row. */
  public void endRow() {
    buffer.appendByte('\n');
    isRowStarted = false;
  }

  /** Writes all ended rows. */
  public void writeTo(OutputStream out) throws IOException {
    buffer.writeTo(out);
  }
}
