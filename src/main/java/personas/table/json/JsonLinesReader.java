package personas.table.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import personas.table.ledger.RejectReason;
import personas.table.ledger.Rejection;
import personas.table.record.RecordBuffer;
import personas.table.record.RecordReader;
import personas.table.record.RecordTarget;
import personas.table.record.UserBuilder;
import personas.text.CsvBuffer;
import personas.text.Utf8;

/**
 * Reads JSON lines, which have one object per line. A feature may be a number, or a string that
 * holds a number. An id is a string or a number; a bare NaN or Infinity is not an id. A
 * pass-through value that is an object or a list is copied as compact JSON. The column {@code a.b}
 * is the key {@code b} of the object {@code a}, unless the line has a key {@code a.b}. An absent
 * key and null are missing values. A line that has a key twice is rejected.
 */
public final class JsonLinesReader implements RecordReader {
  /** The factory of the parsers and generators of JSON lines. */
  public static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Python and others write bare NaN and Infinity, which are then rejected as not finite.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // The length of a record limits the length of a number, as in CSV.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private final RecordBuffer buffer;
  private final UserBuilder rows;
  private final RecordTarget target;
  private final JsonColumns columns;

  /** The id of the current record; null if the line does not have the key. */
  private String id;

  /** The outer keys of the current record, if keys within objects are read too. */
  private final Set<String> keys = new HashSet<>();

  /** The texts of the required values of the current record; null for a missing value. */
  private final String[] values;

  /** The types of {@link #values}. */
  private final JsonToken[] tokens;

  /** The pass-through values of the current record; null for a missing value. */
  private final String[] copied;

  /** Creates a reader of the lines of a buffer. The target limits the number of bytes of a line. */
  public JsonLinesReader(JsonColumns columns, RecordBuffer buffer, RecordTarget target) {
    this.columns = columns;
    this.buffer = buffer;
    this.rows = target.users();
    this.target = target;
    this.values = new String[columns.valueCount()];
    this.tokens = new JsonToken[values.length];
    this.copied = new String[columns.passThrough().size()];
  }

  @Override
  public void readUntil(long end) throws IOException {
    int recordBytes = rows.limits().recordBytes();
    while (buffer.position() < end && !buffer.atEnd()) {
      int lineEnd = buffer.lineEnd(recordBytes + 1);
      if (lineEnd - buffer.at > recordBytes) {
        reject(RejectReason.RECORD_TOO_LONG, "", lineEnd);
        buffer.skipLine();
        continue;
      }
      if (!isBlank(lineEnd)) {
        processLine(lineEnd);
      }
      buffer.at = Math.min(buffer.limit, lineEnd + 1);
    }
  }

  private boolean isBlank(int end) {
    for (int p = buffer.at; p < end; p++) {
      byte b = buffer.bytes[p];
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private void processLine(int end) throws IOException {
    String[] field = {""};
    RejectReason reason = check(end, field);
    if (reason != null) {
      reject(reason, field[0], end);
      return;
    }
    CsvBuffer text = rows.text();
    byte[] idBytes = columns.idColumn() == null ? buffer.placeAsId() : utf8(id);
    rows.setId(idBytes, 0, idBytes.length);
    for (String value : copied) {
      text.appendByte(',');
      byte[] bytes = utf8(value == null ? "" : value);
      text.appendField(bytes, 0, bytes.length);
    }
    rows.accept();
  }

  /**
   * Sets the values of the line that ends at a position.
   *
   * @param field gets the column that caused the rejection; empty if the whole line did
   * @return the reason of the rejection; null if the line is accepted
   */
  private RejectReason check(int end, String[] field) throws IOException {
    if (Utf8.hasNul(buffer.bytes, buffer.at, end)) {
      return RejectReason.NUL_BYTE;
    }
    boolean isUtf8 = Utf8.isValid(buffer.bytes, buffer.at, end);
    if (!parse(end, isUtf8)) {
      return isUtf8 ? RejectReason.NOT_JSON : RejectReason.INVALID_UTF8;
    }
    RejectReason unreadable = checkText(isUtf8, field);
    if (unreadable != null) {
      return unreadable;
    }
    if (columns.idColumn() != null) {
      field[0] = columns.idColumn();
      RejectReason idReason = checkId(id == null ? new byte[0] : utf8(id));
      if (idReason != null) {
        return idReason;
      }
    }
    for (int f = 0; f < columns.featureCount(); f++) {
      field[0] = rows.column(f);
      RejectReason reason = setFeature(f);
      if (reason != null) {
        return reason;
      }
    }
    field[0] = columns.idColumn();
    return rows.checkRepeated();
  }

  private RejectReason checkId(byte[] id) {
    if (UserBuilder.isBlank(id, 0, id.length)) {
      return RejectReason.MISSING_ID;
    }
    return id.length > rows.limits().idBytes() ? RejectReason.ID_TOO_LONG : null;
  }

  private RejectReason setFeature(int feature) {
    String value = values[columns.valueIndexOf(feature)];
    if (value == null) {
      return rows.setMissing(feature);
    }
    JsonToken token = tokens[columns.valueIndexOf(feature)];
    if (token.isBoolean() && !rows.isLevel(feature)) {
      return rows.set(feature, token == JsonToken.VALUE_TRUE);
    }
    byte[] text = utf8(value);
    return token.isNumeric() && !rows.isLevel(feature)
        ? rows.setNumber(feature, text)
        : rows.set(feature, text, 0, text.length);
  }

  /**
   * Checks that the required values are valid text. An escape can stand for a NUL or for half of a
   * surrogate pair, although the bytes of the line are valid.
   */
  private RejectReason checkText(boolean isUtf8, String[] field) {
    RejectReason found = checkText(id, isUtf8);
    field[0] = found == null ? "" : columns.idColumn();
    for (int i = 0; i < copied.length && found == null; i++) {
      found = checkText(copied[i], isUtf8);
      field[0] = found == null ? "" : columns.passThrough().get(i);
    }
    for (int f = 0; f < columns.featureCount() && found == null; f++) {
      if (tokens[columns.valueIndexOf(f)] == JsonToken.VALUE_STRING) {
        found = checkText(values[columns.valueIndexOf(f)], isUtf8);
        field[0] = found == null ? "" : rows.column(f);
      }
    }
    return found;
  }

  private static RejectReason checkText(String text, boolean isUtf8) {
    if (text == null) {
      return null;
    }
    if (text.indexOf('\0') >= 0) {
      return RejectReason.NUL_BYTE;
    }
    boolean isReplaced = !isUtf8 && text.indexOf(Utf8.REPLACEMENT) >= 0;
    return isReplaced || hasUnpairedSurrogate(text) ? RejectReason.INVALID_UTF8 : null;
  }

  private static boolean hasUnpairedSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
      }
    }
    return false;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the required keys of a line. Returns false if the line is not one JSON object. */
  private boolean parse(int end, boolean isUtf8) throws IOException {
    id = null;
    keys.clear();
    columns.reset(values, copied);
    Arrays.fill(tokens, JsonToken.VALUE_STRING);
    try (JsonParser parser = parser(buffer.at, end - buffer.at, isUtf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      readObject(parser, "");
      return parser.nextToken() == null;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return false;
    }
  }

  /**
   * Reads the keys of an object.
   *
   * @param outer the names of the enclosing objects, each followed by a point
   */
  private void readObject(JsonParser parser, String outer) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = outer + parser.currentName();
      JsonToken token = parser.nextToken();
      boolean isNumber = token.isNumeric() && !parser.isNaN();
      String text = valueText(parser);
      if (outer.isEmpty() && columns.hasObjects()) {
        keys.add(key);
      }
      if (outer.isEmpty() || !keys.contains(key)) {
        store(key, token, text);
        if (key.equals(columns.idColumn())) {
          id = isNumber || token == JsonToken.VALUE_STRING ? text : null;
        }
      }
      if (token == JsonToken.START_OBJECT && columns.isObject(key)) {
        try (JsonParser inner = FACTORY.createParser(text)) {
          inner.nextToken();
          readObject(inner, key + ".");
        }
      }
    }
  }

  /**
   * Creates a parser of the line, which replaces bytes that are not UTF-8 by {@link
   * Utf8#REPLACEMENT}.
   */
  private JsonParser parser(int from, int length, boolean isUtf8) throws IOException {
    return isUtf8
        ? FACTORY.createParser(buffer.bytes, from, length)
        : FACTORY.createParser(new String(buffer.bytes, from, length, StandardCharsets.UTF_8));
  }

  /** Stores a value if a feature or a pass-through column requires the key. */
  private void store(String key, JsonToken token, String value) {
    Integer column = columns.valueIndex(key);
    if (column != null) {
      values[column] = value;
      tokens[column] = token;
    }
    int copiedIndex = columns.passThrough().indexOf(key);
    if (copiedIndex >= 0) {
      copied[copiedIndex] = value;
    }
  }

  /** Returns the text of a scalar, compact JSON for an object or array, and null for null. */
  private static String valueText(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (!token.isStructStart()) {
      return parser.getText();
    }
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(json)) {
      copy(parser, generator);
    }
    return json.toString();
  }

  /**
   * Copies the current object or array. Numbers are copied as text, so that they are not rounded.
   */
  private static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token.isNumeric()) {
        generator.writeNumber(parser.getText());
      } else {
        generator.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && parser.nextToken() != null);
  }

  private void reject(RejectReason reason, String field, int end) throws IOException {
    target.reject(
        new Rejection(
            buffer.place(),
            reason,
            field,
            Rejection.excerpt(buffer.bytes, buffer.at, end),
            value(field)));
  }

  private String value(String field) {
    int copiedIndex = columns.passThrough().indexOf(field);
    String value =
        columns.valueIndex(field) != null
            ? values[columns.valueIndex(field)]
            : field.equals(columns.idColumn()) ? id : copiedIndex < 0 ? null : copied[copiedIndex];
    byte[] text = value == null ? new byte[0] : utf8(value);
    return Rejection.value(text, 0, text.length);
  }
}
