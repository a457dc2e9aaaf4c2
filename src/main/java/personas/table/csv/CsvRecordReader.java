package personas.table.csv;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;
import personas.table.record.RecordBuffer;
import personas.table.record.RecordReader;
import personas.table.record.RecordTarget;
import personas.table.record.UserBuilder;
import personas.text.CsvBuffer;
import personas.text.Utf8;

/**
 * Parses CSV by RFC 4180 in a window of bytes, without allocating an object per row. One scan finds
 * the fields of a record and notes whether a byte needs a further check. The required fields are
 * then parsed in place. Nearly all records are plain ASCII without quotes; such a record is scanned
 * eight bytes at a time. Other records and the last bytes of a window are scanned byte by byte.
 * Both scans give the same fields.
 *
 * <p>If a record has a broken quote or is too long, only its first line is rejected. Reading
 * continues with the next line, so that one stray quote does not spoil the rest of the file.
 */
public final class CsvRecordReader implements RecordReader {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;
  private static final long LINE_FEEDS = '\n' * ONES;
  private static final long QUOTES = '"' * ONES;

  private final RecordBuffer buffer;
  private final UserBuilder users;
  private final RecordTarget target;
  private final String idColumn;
  private final int id;
  private final int columns;
  private final int[] features;
  private final int[] passThrough;
  private final RequiredFields required;

  /** The values of the partition columns. Their indexes follow the indexes of the fields. */
  private final byte[][] folderValues;

  private final byte[] classes;
  private final long separators;

  // The start and the end of each field of the current record, and whether the field holds doubled
  // quotes.
  private final int[] starts;
  private final int[] ends;
  private final boolean[] doubled;

  /**
   * Whether a field of the current record holds doubled quotes; if not, {@code doubled} is
   * outdated.
   */
  private boolean anyDoubled;

  /** The number of fields of the current record. */
  private int fields;

  /** The index in the window at which the next record starts. */
  private int next;

  /** The bitwise or of the bytes of the record; negative if a byte is not ASCII. */
  private int seenBits;

  private boolean seenNul;

  /**
   * The first required column of this record whose bytes are not text, as an index among the
   * required columns; -1 if there is no such column.
   */
  private int unreadable;

  /** Whether the last scan ended within a quoted field. */
  private boolean insideQuotes;

  private byte[] unquoted = new byte[64];

  /**
   * Creates a reader of the records in a buffer.
   *
   * @param table the columns of the records
   * @param buffer the window of bytes
   * @param target gets the users and the rejected records
   */
  public CsvRecordReader(CsvColumns table, RecordBuffer buffer, RecordTarget target) {
    this.buffer = buffer;
    this.users = target.users();
    this.target = target;
    this.idColumn = table.idColumn;
    this.id = table.id;
    this.columns = table.fields;
    this.features = table.features;
    this.passThrough = table.passThrough;
    this.required = table.required;
    this.folderValues = table.folderValues;
    this.classes = table.classes;
    this.separators = table.separator * ONES;
    this.starts = new int[columns];
    this.ends = new int[columns];
    this.doubled = new boolean[columns];
  }

  private enum Scan {
    /** The window holds the whole record. */
    RECORD,
    /** The record continues after the window. */
    CUT,
    /** The record has a misplaced quote. */
    BROKEN
  }

  @Override
  public void readUntil(long end) throws IOException {
    while (buffer.position() < end && !buffer.atEnd()) {
      switch (scanPlain() ? Scan.RECORD : scanToEnd(false)) {
        case RECORD -> processRecord();
        case BROKEN -> rejectLine(RejectReason.BROKEN_QUOTE);
        case CUT ->
            rejectLine(insideQuotes ? RejectReason.BROKEN_QUOTE : RejectReason.RECORD_TOO_LONG);
      }
    }
  }

  /**
   * Skips the records that start before {@code end}, which are the records that {@link #readUntil}
   * would read.
   */
  public void skipUntil(long end) throws IOException {
    while (buffer.position() < end && !buffer.atEnd()) {
      if (scanPlain() || scanToEnd(false) == Scan.RECORD) {
        buffer.at = next;
      } else {
        buffer.skipLine();
      }
    }
  }

  /**
   * Skips the rest of a record that started before the window.
   *
   * @param quoted whether the window starts inside a quoted field
   * @return false if the bytes are not the rest of such a record
   */
  public boolean skipRestOfRecord(boolean quoted) throws IOException {
    if (buffer.atEnd() || scanToEnd(quoted) != Scan.RECORD) {
      return false;
    }
    buffer.at = next;
    return true;
  }

  /** Scans the record at the window's start, and reads more bytes until the record is complete. */
  private Scan scanToEnd(boolean quoted) throws IOException {
    Scan scan = scan(false, quoted);
    while (scan == Scan.CUT && buffer.more()) {
      scan = scan(false, quoted);
    }
    if (scan == Scan.CUT && !buffer.isTooLong()) {
      // The end of the file ends the last record.
      scan = insideQuotes ? Scan.BROKEN : scan(true, quoted);
    }
    return scan;
  }

  /**
   * Scans a record of ASCII without quote or NUL that ends well inside the window. Returns false
   * for any other record, without changing the state. If all bytes of x are at most 127, a byte of
   * {@code HIGH - x} has the high bit exactly if the byte of x is 0.
   */
  private boolean scanPlain() {
    byte[] bytes = buffer.bytes;
    int lastWord = buffer.recordLimit() - Long.BYTES;
    int found = 0;
    int start = buffer.at;
    for (int p = start; p <= lastWord; p += Long.BYTES) {
      long word = (long) WORDS.get(bytes, p);
      if (((word | (HIGH - word) | (HIGH - (word ^ QUOTES))) & HIGH) != 0) {
        return false;
      }
      long marks = ((HIGH - (word ^ separators)) | (HIGH - (word ^ LINE_FEEDS))) & HIGH;
      while (marks != 0) {
        int end = p + (Long.numberOfTrailingZeros(marks) >>> 3);
        if (found < columns) {
          starts[found] = start;
          ends[found] = end;
        }
        found++;
        if (bytes[end] == '\n') {
          if (found <= columns && end > start && bytes[end - 1] == '\r') {
            ends[found - 1] = end - 1;
          }
          fields = found;
          next = end + 1;
          seenBits = 0;
          seenNul = false;
          anyDoubled = false;
          return true;
        }
        start = end + 1;
        marks &= marks - 1;
      }
    }
    return false;
  }

  /**
   * Finds the fields of the record at the window's start, and the start of the next record.
   *
   * @param last whether the end of the window ends the record
   * @param quoted whether the window starts inside a quoted field
   */
  private Scan scan(boolean last, boolean quoted) {
    byte[] bytes = buffer.bytes;
    int limit = buffer.recordLimit();
    int p = buffer.at;
    int seen = 0;
    seenNul = false;
    fields = 0;
    anyDoubled = false;
    insideQuotes = false;
    boolean openedBefore = quoted;
    while (true) {
      int start = p;
      int end;
      boolean hasDoubled = false;
      if (openedBefore || (p < limit && bytes[p] == '"')) {
        start = openedBefore ? p : ++p;
        openedBefore = false;
        while (true) {
          while (p < limit && bytes[p] != '"') {
            seen |= bytes[p];
            seenNul |= bytes[p] == 0;
            p++;
          }
          if (p >= limit) {
            insideQuotes = true;
            return Scan.CUT;
          }
          if (p + 1 < limit && bytes[p + 1] == '"') {
            hasDoubled = true;
            p += 2;
          } else {
            break;
          }
        }
        if (p + 1 >= limit && !last) {
          return Scan.CUT;
        }
        end = p++;
        if (p < limit && bytes[p] == '\r' && (p + 1 < limit ? bytes[p + 1] == '\n' : last)) {
          p++;
        } else if (p + 1 >= limit && p < limit && bytes[p] == '\r') {
          return Scan.CUT;
        }
        if (p < limit && classes[bytes[p] & 0xFF] != CsvColumns.SEPARATOR && bytes[p] != '\n') {
          return Scan.BROKEN;
        }
      } else {
        byte b;
        byte type;
        while (p < limit && (type = classes[(b = bytes[p]) & 0xFF]) != CsvColumns.SEPARATOR) {
          if (type != CsvColumns.ORDINARY) {
            if (type == CsvColumns.LINE_FEED) {
              break;
            }
            if (type == CsvColumns.QUOTE) {
              return Scan.BROKEN;
            }
            seenNul = true;
          }
          seen |= b;
          p++;
        }
        end = p;
      }
      if (p >= limit && !last) {
        return Scan.CUT;
      }
      if (fields < starts.length) {
        starts[fields] = start;
        ends[fields] = end;
        doubled[fields] = hasDoubled;
        anyDoubled |= hasDoubled;
      }
      fields++;
      if (p >= limit || bytes[p] == '\n') {
        // A carriage return before the line feed belongs to the end of the line.
        if (fields <= starts.length && start <= end - 1 && bytes[end - 1] == '\r' && end == p) {
          ends[fields - 1] = end - 1;
        }
        next = Math.min(limit, p + 1);
        seenBits = seen;
        return Scan.RECORD;
      }
      p++;
    }
  }

  /** Accepts the scanned record as a user, or rejects it with the first reason that applies. */
  private void processRecord() throws IOException {
    if (isBlankLine()) {
      buffer.at = next;
      return;
    }
    unreadable = -1;
    RejectReason reason = fields == columns ? checkText() : RejectReason.FIELD_COUNT;
    String field = unreadable < 0 ? "" : required.name(unreadable);
    int columnOfReason = unreadable < 0 ? -1 : required.fieldIndex(unreadable);
    if (reason == null) {
      reason = checkId();
      field = reason == null ? "" : idColumn;
    }
    for (int f = 0; f < features.length && reason == null; f++) {
      reason = setFeature(f, features[f]);
      field = reason == null ? "" : users.column(f);
      columnOfReason = features[f];
    }
    if (reason == null) {
      reason = users.checkRepeated();
      columnOfReason = -1;
      field = reason == null ? "" : idColumn;
    }
    if (reason == null) {
      accept();
    } else {
      reject(reason, field, next, value(reason, columnOfReason));
    }
    buffer.at = next;
  }

  /**
   * Looks for bytes that are not text in the required columns, and stores the index of the first
   * such column in {@link #unreadable}. Other columns are not checked.
   */
  private RejectReason checkText() {
    if (seenNul) {
      unreadable =
          required.first(column -> Utf8.hasNul(buffer.bytes, starts[column], ends[column]));
      if (unreadable >= 0) {
        return RejectReason.NUL_BYTE;
      }
    }
    if (seenBits < 0) {
      unreadable =
          required.first(column -> !Utf8.isValid(buffer.bytes, starts[column], ends[column]));
    }
    return unreadable < 0 ? null : RejectReason.INVALID_UTF8;
  }

  private RejectReason setFeature(int feature, int column) {
    if (column >= columns) {
      byte[] text = folderValues[column - columns];
      return users.set(feature, text, 0, text.length);
    }
    if (isDoubled(column)) {
      int length = unquote(column);
      return users.set(feature, unquoted, 0, length);
    }
    return users.set(feature, buffer.bytes, starts[column], ends[column]);
  }

  /**
   * Returns the value of a {@link Rejection}: the value of the rejected field, or a text with the
   * numbers of fields if their number is wrong; empty for other reasons.
   *
   * @param column the index of the field; -1 if the reason is not about one field
   */
  private String value(RejectReason reason, int column) {
    if (reason == RejectReason.FIELD_COUNT) {
      return fields
          + (fields == 1 ? " field" : " fields")
          + " where the header has "
          + columns
          + (hasCarriageReturn() ? "; the record contains carriage returns" : "");
    }
    if (column >= columns) {
      byte[] text = folderValues[column - columns];
      return Rejection.value(text, 0, text.length);
    }
    return column < 0 ? "" : Rejection.value(buffer.bytes, starts[column], ends[column]);
  }

  /**
   * Returns whether the record contains a carriage return. Old programs end lines with a carriage
   * return alone.
   */
  private boolean hasCarriageReturn() {
    for (int p = buffer.at; p < next - 2; p++) {
      if (buffer.bytes[p] == '\r') {
        return true;
      }
    }
    return false;
  }

  private boolean isBlankLine() {
    return fields == 1 && starts[0] == ends[0] && starts[0] == buffer.at;
  }

  private RejectReason checkId() {
    if (id < 0) {
      return null;
    }
    int from = starts[id];
    int to = ends[id];
    if (UserBuilder.isBlank(buffer.bytes, from, to)) {
      return RejectReason.MISSING_ID;
    }
    int length = isDoubled(id) ? unquote(id) : to - from;
    return length > users.limits().idBytes() ? RejectReason.ID_TOO_LONG : null;
  }

  private void accept() throws IOException {
    CsvBuffer text = users.text();
    if (id < 0) {
      byte[] place = buffer.placeAsId();
      users.setId(place, 0, place.length);
    } else if (isDoubled(id)) {
      int length = unquote(id);
      users.setId(unquoted, 0, length);
    } else {
      users.setId(buffer.bytes, starts[id], ends[id]);
    }
    for (int column : passThrough) {
      text.appendByte(',');
      if (column >= columns) {
        byte[] folderValue = folderValues[column - columns];
        text.appendField(folderValue, 0, folderValue.length);
      } else if (isDoubled(column)) {
        int length = unquote(column);
        text.appendField(unquoted, 0, length);
      } else {
        text.appendField(buffer.bytes, starts[column], ends[column]);
      }
    }
    users.accept();
  }

  private boolean isDoubled(int column) {
    return anyDoubled && doubled[column];
  }

  /**
   * Copies a field to {@link #unquoted}, with each doubled quote as one, and returns the length.
   */
  private int unquote(int column) {
    int length = 0;
    if (unquoted.length < ends[column] - starts[column]) {
      unquoted = Arrays.copyOf(unquoted, ends[column] - starts[column]);
    }
    for (int p = starts[column]; p < ends[column]; p++) {
      unquoted[length++] = buffer.bytes[p];
      if (buffer.bytes[p] == '"') {
        p++;
      }
    }
    return length;
  }

  private void reject(RejectReason reason, String field, int end, String value) throws IOException {
    int from = buffer.at;
    int to = end;
    while (to > from && (buffer.bytes[to - 1] == '\n' || buffer.bytes[to - 1] == '\r')) {
      to--;
    }
    target.reject(
        new Rejection(
            buffer.place(), reason, field, Rejection.excerpt(buffer.bytes, from, to), value));
  }

  /** Rejects the first line of the current record and skips it. */
  private void rejectLine(RejectReason reason) throws IOException {
    int end = buffer.lineEnd(Rejection.EXCERPT_BYTES);
    reject(reason, "", end, "");
    buffer.skipLine();
  }
}
