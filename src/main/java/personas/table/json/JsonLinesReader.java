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
 * JSON lines: one object a line. A value may be a number or a string of the same grammar; an id is
 * a string or a number, and a bare NaN or Infinity is neither; a pass-through value that is an
 * object or a list is copied as compact JSON. The column {@code a.b} is the key {@code b} of the
 * object {@code a}, if the line has no key {@code a.b}. An absent key and null are missing; a key
 * twice makes the line no JSON.
 */
public final class JsonLinesReader implements RecordReader {
  public static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Python and others write NaN and Infinity bare; they are then refused as not finite.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          // No length of its own for a number: a record has one, and CSV takes them as well.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private final RecordBuffer buffer;
  private final UserBuilder rows;
  private final RecordTarget target;
  private final JsonColumns columns;

  // The record under way; null where the line has no such key.
  private String id;

  /** Its keys, if keys within objects are wanted too. */
  private final Set<String> keys = new HashSet<>();

  private final String[] values;
  private final JsonToken[] tokens;
  private final String[] copied;

  /** Reads the lines of a buffer; a line has as many bytes at most as the target allows. */
  public JsonLinesReader(JsonColumns columns, RecordBuffer buffer, RecordTarget target) {
    this.columns = columns;
    this.buffer = buffer;
    this.rows = target.users();
    this.target = target;
    this.values = new String[columns.values()];
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
        take(lineEnd);
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

  private void take(int end) throws IOException {
    String[] field = {""};
    RejectReason reason = check(end, field);
    if (reason != null) {
      reject(reason, field[0], end);
      return;
    }
    CsvBuffer text = rows.text();
    byte[] idBytes = columns.idColumn() == null ? buffer.placeOfRecord() : utf8(id);
    rows.setId(idBytes, 0, idBytes.length);
    for (String value : copied) {
      text.appendByte(',');
      byte[] bytes = utf8(value == null ? "" : value);
      text.appendField(bytes, 0, bytes.length);
    }
    rows.accept();
  }

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
      RejectReason ofId = checkId(id == null ? new byte[0] : utf8(id));
      if (ofId != null) {
        return ofId;
      }
    }
    for (int f = 0; f < columns.features(); f++) {
      field[0] = rows.column(f);
      RejectReason reason = takeValue(f);
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

  private RejectReason takeValue(int feature) {
    String value = values[columns.placeOf(feature)];
    if (value == null) {
      return rows.setMissing(feature);
    }
    JsonToken token = tokens[columns.placeOf(feature)];
    if (token.isBoolean() && !rows.isLevel(feature)) {
      return rows.set(feature, token == JsonToken.VALUE_TRUE);
    }
    byte[] text = utf8(value);
    return token.isNumeric() && !rows.isLevel(feature)
        ? rows.setNumber(feature, text)
        : rows.set(feature, text, 0, text.length);
  }

  /**
   * Checks that the wanted values are text. An escape can add a NUL or half a character, which the
   * bytes of the line do not have.
   */
  private RejectReason checkText(boolean isUtf8, String[] field) {
    RejectReason found = checkText(id, isUtf8);
    field[0] = found == null ? "" : columns.idColumn();
    for (int i = 0; i < copied.length && found == null; i++) {
      found = checkText(copied[i], isUtf8);
      field[0] = found == null ? "" : columns.passThrough().get(i);
    }
    for (int f = 0; f < columns.features() && found == null; f++) {
      if (tokens[columns.placeOf(f)] == JsonToken.VALUE_STRING) {
        found = checkText(values[columns.placeOf(f)], isUtf8);
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
    boolean unreadable = !isUtf8 && text.indexOf(Utf8.REPLACEMENT) >= 0;
    return unreadable || hasHalfCharacter(text) ? RejectReason.INVALID_UTF8 : null;
  }

  private static boolean hasHalfCharacter(String text) {
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

  /** Reads the line's keys that are wanted; false where it is not one JSON object. */
  private boolean parse(int end, boolean isUtf8) throws IOException {
    id = null;
    keys.clear();
    columns.start(values, copied);
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
   * @param outer the names of the objects around it, each with a point behind it
   */
  private void readObject(JsonParser parser, String outer) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = outer + parser.currentName();
      JsonToken token = parser.nextToken();
      boolean number = token.isNumeric() && !parser.isNaN();
      String text = valueText(parser);
      if (outer.isEmpty() && columns.hasObjects()) {
        keys.add(key);
      }
      if (outer.isEmpty() || !keys.contains(key)) {
        keep(key, token, text);
        boolean isId =
            key.equals(columns.idColumn()) && (number || token == JsonToken.VALUE_STRING);
        id = isId ? text : id;
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
   * A parser of the line, in which {@link Utf8#REPLACEMENT} stands for bytes that are not UTF-8.
   */
  private JsonParser parser(int from, int length, boolean isUtf8) throws IOException {
    return isUtf8
        ? FACTORY.createParser(buffer.bytes, from, length)
        : FACTORY.createParser(new String(buffer.bytes, from, length, StandardCharsets.UTF_8));
  }

  private void keep(String key, JsonToken token, String value) {
    Integer column = columns.place(key);
    if (column != null) {
      values[column] = value;
      tokens[column] = token;
    }
    int place = columns.passThrough().indexOf(key);
    if (place >= 0) {
      copied[place] = value;
    }
  }

  /** A scalar's text, an object or array as compact JSON, null for null. */
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

  /** Copies the structure under way; numbers keep their text, so none is rounded. */
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
            target.source(),
            buffer.position(),
            reason,
            field,
            Rejection.excerpt(buffer.bytes, buffer.at, end),
            value(field),
            false,
            buffer.countsLines() ? buffer.line() : Rejection.NO_LINE));
  }

  private String value(String field) {
    int copy = columns.passThrough().indexOf(field);
    String value =
        columns.place(field) != null
            ? values[columns.place(field)]
            : field.equals(columns.idColumn()) ? id : copy < 0 ? null : copied[copy];
    byte[] text = value == null ? new byte[0] : utf8(value);
    return Rejection.value(text, 0, text.length);
  }
}
