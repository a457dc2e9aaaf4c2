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
 * Converts typed values to the text that a CSV of the same rows would hold. Whole numbers become
 * digits, and floating-point numbers the shortest equal decimal, for example {@code 3.0}. Decimals
 * are written in full, booleans as {@code true} and {@code false}, and dates and times in ISO 8601,
 * with instants in UTC. A numeric column is then parsed from this text, so a value is the same
 * double in every format.
 */
public final class TypedValueText {
  /** Writes seconds even if they are 0, and as many decimals of a second as the time has. */
  private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_LOCAL_TIME;

  private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private TypedValueText() {}

  /**
   * Returns the text of a value in UTF-8.
   *
   * @param value not null
   * @throws IllegalArgumentException if the type of the value has no text
   */
  public static byte[] of(Object value) {
    if (value instanceof byte[] utf8) {
      return utf8;
    }
    return text(value).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the text of a value.
   *
   * @param value not null
   * @throws IllegalArgumentException if the type of the value has no text
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
    throw new IllegalArgumentException(
        "a value of the type " + value.getClass().getName() + " has no text");
  }
}
