package personas.table.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import personas.feature.UserSchema;
import personas.table.RequiredColumns;
import personas.table.RowReader;
import personas.table.ledger.RecordPlace;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;
import personas.text.CsvBuffer;
import personas.text.TypedValueText;
import personas.text.Utf8;

/**
 * Reads users from typed rows and makes the same checks as the readers of text. Null is a missing
 * value. A stored number is used unchanged; other values are read as their {@link TypedValueText}.
 * The position of a row is its number, from 0.
 */
public final class TypedRecordReader {
  private static final byte[] EMPTY = {};

  /** A double holds every whole number up to this one. */
  private static final double MAX_EXACT = 1L << 53;

  private final RowReader table;
  private final UserBuilder users;
  private final RecordTarget target;
  private final List<String> required;
  private final String idColumn;
  private final int id;
  private final int[] features;
  private final int[] passThrough;
  private final byte[][] texts;
  private long row;

  /**
   * Creates a reader of the rows of a table.
   *
   * @param firstRow the number of the first row of {@code table}
   */
  public TypedRecordReader(UserSchema schema, RowReader table, long firstRow, RecordTarget target) {
    RequiredColumns columns = RequiredColumns.of(schema);
    this.table = table;
    this.row = firstRow;
    this.users = target.users();
    this.target = target;
    this.required = columns.names();
    this.idColumn = schema.idColumn();
    this.id = idColumn == null ? -1 : columns.index(idColumn);
    this.features =
        schema.numbers().stream().mapToInt(number -> columns.index(number.column())).toArray();
    this.passThrough = schema.passThrough().stream().mapToInt(columns::index).toArray();
    this.texts = new byte[required.size()][];
  }

  /** Reads all rows. Returns the number of the last row plus 1. */
  public long readAll() throws IOException {
    for (; table.next(); row++) {
      String[] field = {""};
      RejectReason reason = check(field);
      if (reason == null) {
        accept();
      } else {
        target.reject(
            new Rejection(
                new RecordPlace(target.source(), row, true, id < 0 ? row : RecordPlace.NO_LINE),
                reason,
                field[0],
                excerpt(),
                value(field[0])));
      }
    }
    return row;
  }

  /**
   * Checks the current row.
   *
   * @param field gets the column of the reason at index 0
   * @return the reason to reject the row, or null
   */
  private RejectReason check(String[] field) {
    RejectReason reason = checkText(field);
    if (reason != null) {
      return reason;
    }
    if (id >= 0) {
      field[0] = idColumn;
      if (UserBuilder.isBlank(texts[id], 0, texts[id].length)) {
        return RejectReason.MISSING_ID;
      }
      if (texts[id].length > users.limits().idBytes()) {
        return RejectReason.ID_TOO_LONG;
      }
    }
    for (int f = 0; f < features.length; f++) {
      field[0] = users.column(f);
      reason = setFeature(f, table.value(features[f]));
      if (reason != null) {
        return reason;
      }
    }
    field[0] = idColumn;
    return users.checkRepeated();
  }

  /**
   * Stores the texts of the id, the pass-through columns and all values that are not numbers, and
   * checks these texts.
   */
  private RejectReason checkText(String[] field) {
    int invalidUtf8 = -1;
    int nul = -1;
    long bytes = 0;
    for (int column = 0; column < texts.length; column++) {
      Object value = table.value(column);
      texts[column] = EMPTY;
      if (value != null && !(value instanceof Number && !isCopied(column))) {
        byte[] text = column == id ? idText(value) : TypedValueText.of(value);
        texts[column] = text;
        bytes += text.length;
        nul = nul < 0 && Utf8.hasNul(text, 0, text.length) ? column : nul;
        invalidUtf8 = invalidUtf8 < 0 && !Utf8.isValid(text, 0, text.length) ? column : invalidUtf8;
      }
    }
    if (bytes > users.limits().recordBytes()) {
      return RejectReason.RECORD_TOO_LONG;
    }
    if (nul < 0 && invalidUtf8 < 0) {
      return null;
    }
    field[0] = required.get(nul < 0 ? invalidUtf8 : nul);
    return nul < 0 ? RejectReason.INVALID_UTF8 : RejectReason.NUL_BYTE;
  }

  private String value(String field) {
    int column = required.indexOf(field);
    Object value = column < 0 ? null : table.value(column);
    if (value == null) {
      return "";
    }
    byte[] text = TypedValueText.of(value);
    return Rejection.value(text, 0, text.length);
  }

  /**
   * Returns the text of an id. Some programs cannot store a missing integer and store ids as
   * doubles, like 1234567801.0. The text of such an id does not have a point.
   */
  private static byte[] idText(Object value) {
    return value instanceof Double number
            && number == Math.rint(number)
            && Math.abs(number) <= MAX_EXACT
        ? TypedValueText.of(number.longValue())
        : TypedValueText.of(value);
  }

  private boolean isCopied(int column) {
    if (column == id) {
      return true;
    }
    for (int copied : passThrough) {
      if (copied == column) {
        return true;
      }
    }
    return false;
  }

  private RejectReason setFeature(int feature, Object value) {
    if (value == null) {
      return users.setMissing(feature);
    }
    if (users.isLevel(feature)) {
      byte[] text = TypedValueText.of(value);
      return users.set(feature, text, 0, text.length);
    }
    if (value instanceof Double || value instanceof Long || value instanceof Integer) {
      return users.set(feature, ((Number) value).doubleValue());
    }
    if (value instanceof Boolean flag) {
      return users.set(feature, flag.booleanValue());
    }
    byte[] text = TypedValueText.of(value);
    return value instanceof Number
        ? users.setNumber(feature, text)
        : users.set(feature, text, 0, text.length);
  }

  private void accept() throws IOException {
    CsvBuffer text = users.text();
    byte[] idBytes = id < 0 ? Long.toString(row).getBytes(StandardCharsets.UTF_8) : texts[id];
    users.setId(idBytes, 0, idBytes.length);
    for (int column : passThrough) {
      text.appendByte(',');
      text.appendField(texts[column], 0, texts[column].length);
    }
    users.accept();
  }

  /** Returns the beginning of the required columns as a line of CSV. */
  private String excerpt() {
    CsvBuffer line = new CsvBuffer();
    for (int column = 0; column < required.size(); column++) {
      if (column > 0) {
        line.appendByte(',');
      }
      Object value = table.value(column);
      byte[] text = value == null ? EMPTY : TypedValueText.of(value);
      int end = Math.min(text.length, Rejection.EXCERPT_BYTES);
      line.append(text, 0, end);
    }
    byte[] bytes = line.toByteArray();
    return Rejection.excerpt(bytes, 0, bytes.length);
  }
}
