package personas.model;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import personas.text.CsvBuffer;

/** A small CSV table, field by field; numbers in the shortest form that reads back the same. */
final class CsvTableBuilder {
  private final CsvBuffer buffer = new CsvBuffer();
  private boolean rowStarted;

  CsvTableBuilder text(String value) {
    separate();
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    buffer.appendField(utf8, 0, utf8.length);
    return this;
  }

  CsvTableBuilder number(double value) {
    separate();
    buffer.appendAscii(DoubleToDecimal.toString(value));
    return this;
  }

  CsvTableBuilder number(long value) {
    separate();
    buffer.appendAscii(Long.toString(value));
    return this;
  }

  CsvTableBuilder numberOrEmpty(Double value) {
    return value == null ? empty() : number((double) value);
  }

  CsvTableBuilder empty() {
    separate();
    return this;
  }

  private void separate() {
    if (rowStarted) {
      buffer.appendByte(',');
    }
    rowStarted = true;
  }

  void endRow() {
    buffer.appendByte('\n');
    rowStarted = false;
  }

  void writeTo(OutputStream out) throws IOException {
    buffer.writeTo(out);
  }
}
