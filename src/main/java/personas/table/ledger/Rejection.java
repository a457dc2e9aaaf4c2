package personas.table.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import personas.text.CsvBuffer;
import personas.text.Utf8;

/**
 * A rejected record.
 *
 * @param place where the record is
 * @param reason the first reason that applies
 * @param field the column that the reason is about; empty if the reason is about the whole record
 * @param excerpt the beginning of the record, with control characters escaped
 * @param value the beginning of the rejected value, with control characters escaped; for a wrong
 *     number of fields, a text with the numbers of fields; otherwise empty
 */
public record Rejection(
    RecordPlace place, RejectReason reason, String field, String excerpt, String value) {
  /** The columns of {@code rejected-*.csv}. */
  public static final String CSV_HEADER = "source,position,reason,field,value,record";

  /** The additional last column of {@code rejected-*.csv} if users have no ids. */
  public static final String LINE_COLUMN = "line";

  private static final int EXCERPT_CHARS = 200;
  private static final int MAX_VALUE_BYTES = 60;

  /**
   * The number of bytes that an excerpt reads: four per character, and one to see whether the text
   * continues.
   */
  public static final int EXCERPT_BYTES = 4 * EXCERPT_CHARS + 1;

  /** Returns the beginning of a value for messages. */
  public static String value(byte[] text, int from, int to) {
    int end = Math.min(to, from + MAX_VALUE_BYTES);
    while (end < to && end > from && (text[end] & 0xC0) == 0x80) {
      end--;
    }
    return excerpt(text, from, end) + (end < to ? "…" : "");
  }

  /** Returns the position, the reason and the beginning of the record as a part of a sentence. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %d has %s%s: %s",
        place.isRow() ? "row" : "byte",
        place.position(),
        reason.code(),
        field.isEmpty() ? "" : " in column " + field,
        excerpt);
  }

  /** Appends one CSV line. */
  public void appendCsv(CsvBuffer out) {
    appendField(out, place.source());
    out.appendByte(',');
    out.appendAscii(Long.toString(place.position()));
    out.appendByte(',');
    out.appendAscii(reason.code());
    out.appendByte(',');
    appendField(out, field);
    out.appendByte(',');
    appendField(out, value);
    out.appendByte(',');
    appendField(out, excerpt);
    if (place.line() != RecordPlace.NO_LINE) {
      out.appendByte(',');
      out.appendAscii(Long.toString(place.line()));
    }
    out.appendByte('\n');
  }

  private static void appendField(CsvBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.appendField(utf8, 0, utf8.length);
  }

  /**
   * Returns the first 200 characters of {@code record}, with an ellipsis if the record is longer.
   * Control characters and invisible characters are written as a backslash, u and four hexadecimal
   * digits, and bytes that are not UTF-8 as {@code \xff}.
   */
  public static String excerpt(byte[] record, int from, int to) {
    StringBuilder escaped = new StringBuilder();
    int position = from;
    for (int characters = 0; position < to && characters < EXCERPT_CHARS; characters++) {
      int length = Utf8.characterLength(record, position, to);
      if (length == 0) {
        escaped.append(String.format(Locale.ROOT, "\\x%02x", record[position] & 0xFF));
      } else {
        appendEscaped(escaped, new String(record, position, length, StandardCharsets.UTF_8));
      }
      position += Math.max(1, length);
    }
    return escaped.append(position < to ? "…" : "").toString();
  }

  private static void appendEscaped(StringBuilder out, String character) {
    int c = character.codePointAt(0);
    int type = Character.getType(c);
    boolean isInvisible =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    out.append(isInvisible ? String.format(Locale.ROOT, "\\u%04x", c) : character);
  }
}
