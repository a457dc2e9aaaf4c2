package personas.data;

import java.nio.charset.StandardCharsets;

/**
 * A record that is no user.
 *
 * @param source the file
 * @param position the record's first byte, counted from 0 in the uncompressed file
 * @param reason the first reason that applies
 * @param field the column that it is about; empty where it is about the record
 * @param excerpt the beginning of the record, with control characters escaped
 */
public record Rejection(
    String source, long position, RejectReason reason, String field, String excerpt) {
  /** The columns of rejected-*.csv. */
  public static final String CSV_HEADER = "source,position,reason,field,record";

  private static final int EXCERPT_CHARS = 200;

  /** Appends one CSV line. */
  public void appendCsv(CsvBuffer out) {
    appendField(out, source);
    out.appendByte(',');
    out.appendAscii(Long.toString(position));
    out.appendByte(',');
    out.appendAscii(reason.code());
    out.appendByte(',');
    appendField(out, field);
    out.appendByte(',');
    appendField(out, excerpt);
    out.appendByte('\n');
  }

  private static void appendField(CsvBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.appendField(utf8, 0, utf8.length);
  }

  /** The first 200 characters of {@code record}; control and broken characters escaped. */
  static String excerpt(byte[] record, int from, int to) {
    // A character has at most four bytes.
    int end = Math.min(to, from + 4 * EXCERPT_CHARS);
    String text = new String(record, from, end - from, StandardCharsets.UTF_8);
    StringBuilder escaped = new StringBuilder();
    int characters = Math.min(text.length(), EXCERPT_CHARS);
    for (int i = 0; i < characters; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.append(characters < text.length() || end < to ? "…" : "").toString();
  }
}
