package personas.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * The text that a typed value has in a CSV of the same rows: whole numbers as digits, floating ones
 * as the shortest decimal that reads back as the same (a whole one below 10⁷ as {@code 3.0}),
 * decimals in full, {@code true} and {@code false}, dates and times by ISO 8601 with instants in
 * UTC. What is read as a number is then the double that this text gives.
 */
public final class TypedValueText {
  /** With seconds always, and with as many decimals of them as there are. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;

  private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private TypedValueText() {}

  /**
   * The UTF-8 of a value.
   *
   * @param value not null
   * @throws IllegalArgumentException where it is of no type that has a text
   */
  public static byte[] of(Object value) {
    if (value instanceof byte[] utf8) {
      return utf8;
    }
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The text of a value.
   *
   * @param value not null
   * @throws IllegalArgumentException where it is of no type that has a text
   */
  public static String text(Object value) {
    if (value instanceof Double number) {
      return ShortestDecimal.of(number);
    }
    if (value instanceof Float number) {
      return ShortestDecimal.of(number);
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof OffsetDateTime time) {
      return DATE_TIME.format(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()) + "Z";
    }
    if (value instanceof Instant time) {
      return text(time.atOffset(ZoneOffset.UTC));
    }
    if (value instanceof LocalDateTime time) {
      return DATE_TIME.format(time);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof LocalDate
        || value instanceof UUID) {
      return value.toString();
    }
    throw new IllegalArgumentException("no text for a " + value.getClass().getName());
  }
}
