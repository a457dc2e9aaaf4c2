package personas.table.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import personas.text.CsvBuffer;
import personas.text.Utf8;

/**
 * A record that is no user.
 *
 * @param source the file
 * @param position the record's first byte, counted from 0 in the uncompressed file; its row,
 *     counted from 0, in a table with typed values
 * @param reason the first reason that applies
 * @param field the column that it is about; empty where it is about the record
 * @param excerpt the beginning of the record, with control characters escaped
 * @param value the beginning of the value that it is about, likewise; of a record with another
 *     number of fields than the header, both numbers; empty where nothing more can be said
 * @param isRow whether the position is a row
 * @param line the line of the record, counted as the reader counts; in a table with typed values
 *     its row; {@link #NO_LINE} if users have ids
 */
public record Rejection(
    String source,
    long position,
    RejectReason reason,
    String field,
    String excerpt,
    String value,
    boolean isRow,
    long line) {
  /** The columns of rejected-*.csv. */
  public static final String CSV_HEADER = "source,position,reason,field,value,record";

  /** The column behind these if users have no ids. */
  public static final String LINE_COLUMN = "line";

  /** Stands for a line that nobody counts. */
  public static final long NO_LINE = -1;

  private static final int EXCERPT_CHARS = 200;
  private static final int MAX_VALUE_BYTES = 60;

  /** Bytes that an excerpt looks at: a character has at most four, and one more says it goes on. */
  public static final int EXCERPT_BYTES = 4 * EXCERPT_CHARS + 1;

  /** A record of text, without the value. */
  public Rejection(
      String source, long position, RejectReason reason, String field, String excerpt) {
    this(source, position, reason, field, excerpt, "", false, NO_LINE);
  }

  /** The beginning of a value, which is shown in a sentence. */
  public static String value(byte[] text, int from, int to) {
    int end = Math.min(to, from + MAX_VALUE_BYTES);
    while (end < to && end > from && (text[end] & 0xC0) == 0x80) {
      end--;
    }
    return excerpt(text, from, end) + (end < to ? "…" : "");
  }

  /** Where the record is, what is wrong with it and how it begins, as a part of a sentence. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %d has %s%s: %s",
        isRow ? "row" : "byte",
        position,
        reason.code(),
        field.isEmpty() ? "" : " in column " + field,
        excerpt);
  }

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
    appendField(out, value);
    out.appendByte(',');
    appendField(out, excerpt);
    if (line != NO_LINE) {
      out.appendByte(',');
      out.appendAscii(Long.toString(line));
    }
    out.appendByte('\n');
  }

  private static void appendField(CsvBuffer out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.appendField(utf8, 0, utf8.length);
  }

  /**
   * The first 200 characters of {@code record} and an ellipsis where it goes on. Control and
   * invisible characters appear as {@code \\u001b}, bytes that are no UTF-8 as {@code \\xff}.
   */
  public static String excerpt(byte[] record, int from, int to) {
    StringBuilder escaped = new StringBuilder();
    int p = from;
    for (int characters = 0; p < to && characters < EXCERPT_CHARS; characters++) {
      int length = Utf8.characterLength(record, p, to);
      if (length == 0) {
        escaped.append(String.format(Locale.ROOT, "\\x%02x", record[p] & 0xFF));
      } else {
        appendEscaped(escaped, new String(record, p, length, StandardCharsets.UTF_8));
      }
      p += Math.max(1, length);
    }
    return escaped.append(p < to ? "…" : "").toString();
  }

  private static void appendEscaped(StringBuilder out, String character) {
    int c = character.codePointAt(0);
    int type = Character.getType(c);
    boolean invisible =
        Character.isISOControl(c)
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    out.append(invisible ? String.format(Locale.ROOT, "\\u%04x", c) : character);
  }
}
