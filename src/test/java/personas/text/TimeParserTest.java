package personas.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares parsed times with java.time, and checks that other texts are refused. */
class TimeParserTest {
  private static double micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  @Test
  void agreesWithJavaTime() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              random.nextLong(-6_000_000_000L, 9_000_000_000L),
              random.nextInt(1_000_000) * 1000,
              ZoneOffset.UTC);
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60));
      OffsetDateTime zoned = time.atOffset(zone);
      assertEquals(micros(zoned.toInstant()), TimeParser.parse(zoned.toString()), zoned.toString());
      assertEquals(micros(time.toInstant(ZoneOffset.UTC)), TimeParser.parse(time.toString()));
      assertEquals(
          time.toLocalDate().toEpochDay(),
          TimeParser.day(micros(time.toInstant(ZoneOffset.UTC))),
          time.toString());
      assertEquals(
          micros(time.toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant()),
          TimeParser.parse(time.toLocalDate().toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-31T23:59:59Z",
    "2026-10-31 23:59:59",
    "2026-10-31 23:59:59 UTC",
    "2026-10-31t23:59:59z",
    "2026-10-31T23:59:59.000000000Z",
    "2026-10-31T23:59:59.0000009Z",
    "2026-11-01T01:59:59+02:00",
    "2026-11-01T01:59:59+0200",
    "2026-10-31T15:59:59-08",
    "1793491199",
    "1793491199000",
    "1793491199000000",
    "1793491199000000000",
    "1.793491199e9"
  })
  void readsEveryFormOfOneMoment(String text) {
    assertEquals(micros(Instant.parse("2026-10-31T23:59:59Z")), TimeParser.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2026-13-01",
        "2026-02-29",
        "2026-00-10",
        "2026-1-1",
        "31.10.2026",
        "10/31/2026",
        "2026-10-31T",
        "2026-10-31T24:00:00Z",
        "2026-10-31T23:60Z",
        "2026-10-31T23:59:59X",
        "2026-10-31T23:59:59+",
        "2026-10-31T23:59:59.Z",
        "20261031T000000Z",
        "2026-10-31T23:59:59+19:00",
        "1e21",
        "NaN",
        "0000-01-01"
      })
  void guessesNothing(String text) {
    assertTrue(Double.isNaN(TimeParser.parse(text)), text);
  }

  @Test
  void knowsDates() {
    assertEquals(20_757, TimeParser.dayOf("2026-10-31"));
    assertEquals(-1, TimeParser.day(-1));
    assertNull(TimeParser.dayOf("2026-10-32"));
  }
}
