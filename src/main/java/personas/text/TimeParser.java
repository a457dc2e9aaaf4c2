package personas.text;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/**
 * Parses times as microseconds since 1970-01-01T00:00:00Z. Two forms are allowed. The first is ISO
 * 8601: a date, optionally followed by {@code T} or a space and a time with optional seconds,
 * fraction and zone. The second is a number of seconds, milliseconds, microseconds or nanoseconds
 * since 1970; the size of the number decides the unit. A time without a zone is in UTC. Digits of a
 * fraction after the sixth are dropped. A whole number of microseconds is an exact double until the
 * year 2255.
 */
public final class TimeParser {
  /** The result for a text or a number that is not a time: NaN. */
  public static final double NONE = Double.NaN;

  /** Microseconds of a day. */
  public static final long DAY = 86_400_000_000L;

  /** The allowed forms, for messages. */
  public static final String ALLOWED =
      "dates and times of ISO 8601, such as 2026-10-31 and 2026-10-31T23:59:59Z, and seconds or"
          + " milliseconds since 1970";

  private static final long SECOND = 1_000_000L;
  private static final int MAX_YEAR = 9999;

  /** The smallest number that counts as milliseconds; as seconds it would be in the year 5138. */
  private static final double MILLISECONDS_FROM = 1e11;

  private static final double MICROSECONDS_FROM = 1e14;
  private static final double NANOSECONDS_FROM = 1e17;
  private static final double NANOSECONDS_TO = 1e20;

  private final byte[] text;
  private final int to;
  private int at;

  private TimeParser(byte[] text, int from, int to) {
    this.text = text;
    this.at = from;
    this.to = to;
  }

  /** Returns the time of a text without blanks around it; {@link #NONE} if it is not a time. */
  public static double parse(byte[] text, int from, int to) {
    double iso = new TimeParser(text, from, to).iso();
    return Double.isNaN(iso) ? ofNumber(DoubleParser.parse(text, from, to)) : iso;
  }

  /** Returns the time of a text; {@link #NONE} if it is not a time. */
  public static double parse(String text) {
    byte[] utf8 = Blanks.strip(text).getBytes(StandardCharsets.UTF_8);
    return parse(utf8, 0, utf8.length);
  }

  /**
   * Returns the time of a number since 1970; {@link #NONE} if the number is too large for a time.
   */
  public static double ofNumber(double number) {
    double magnitude = Math.abs(number);
    if (!(magnitude < NANOSECONDS_TO)) {
      return NONE;
    }
    if (magnitude < MILLISECONDS_FROM) {
      return Math.floor(number * SECOND);
    }
    if (magnitude < MICROSECONDS_FROM) {
      return Math.floor(number * 1000);
    }
    return Math.floor(magnitude < NANOSECONDS_FROM ? number : number / 1000);
  }

  /** Returns the day of a time in UTC, counted from 1970-01-01. */
  public static int day(double time) {
    return (int) Math.floorDiv((long) time, DAY);
  }

  /** Returns the day of a date like {@code 2026-10-31}, or null if the text is not a date. */
  public static Integer dayOf(String date) {
    try {
      return Math.toIntExact(LocalDate.parse(date).toEpochDay());
    } catch (DateTimeParseException | ArithmeticException e) {
      return null;
    }
  }

  /** Returns the time of a text in ISO 8601; {@link #NONE} for any other text. */
  private double iso() {
    int year = number(4);
    if (year < 1 || year > MAX_YEAR || !take('-')) {
      return NONE;
    }
    int month = number(2);
    if (month < 1 || month > 12 || !take('-')) {
      return NONE;
    }
    int dayOfMonth = number(2);
    if (dayOfMonth < 1 || dayOfMonth > daysOf(year, month)) {
      return NONE;
    }
    long micros = daysSince1970(year, month, dayOfMonth) * DAY;
    if (at == to) {
      return micros;
    }
    if (!take('T') && !take('t') && !take(' ')) {
      return NONE;
    }
    long timeOfDay = timeOfDay();
    long offset = timeOfDay < 0 ? -1 : offset();
    return timeOfDay < 0 || at != to || offset == Long.MIN_VALUE
        ? NONE
        : micros + timeOfDay - offset;
  }

  /**
   * Returns the microseconds since midnight; a negative number if the next characters are not a
   * time of day.
   */
  private long timeOfDay() {
    int hour = number(2);
    if (hour < 0 || hour > 23 || !take(':')) {
      return -1;
    }
    int minute = number(2);
    if (minute < 0 || minute > 59) {
      return -1;
    }
    long micros = (hour * 60L + minute) * 60 * SECOND;
    if (!take(':')) {
      return micros;
    }
    int second = number(2);
    if (second < 0 || second > 59) {
      return -1;
    }
    long fraction = take('.') || take(',') ? fraction() : 0;
    return fraction < 0 ? -1 : micros + second * SECOND + fraction;
  }

  /** Returns the microseconds of a fraction of a second; -1 without a digit. */
  private long fraction() {
    long micros = 0;
    int digits = 0;
    while (at < to && text[at] >= '0' && text[at] <= '9') {
      micros = digits < 6 ? 10 * micros + text[at] - '0' : micros;
      digits++;
      at++;
    }
    if (digits == 0) {
      return -1;
    }
    for (int i = digits; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  /**
   * Returns the microseconds by which the zone is ahead of UTC, 0 without a zone. Returns {@link
   * Long#MIN_VALUE} if the next characters are not a zone.
   */
  private long offset() {
    if (at == to || take('Z') || take('z')) {
      return 0;
    }
    take(' ');
    if (to - at == 3 && take('U') && take('T') && take('C')) {
      return 0;
    }
    boolean isAhead = take('+');
    if (!isAhead && !take('-')) {
      return Long.MIN_VALUE;
    }
    int hours = number(2);
    take(':');
    int minutes = at == to ? 0 : number(2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return Long.MIN_VALUE;
    }
    long micros = (hours * 60L + minutes) * 60 * SECOND;
    return isAhead ? micros : -micros;
  }

  private boolean take(char expected) {
    if (at < to && text[at] == expected) {
      at++;
      return true;
    }
    return false;
  }

  /** Parses a number with exactly the given number of digits; returns -1 for other characters. */
  private int number(int digits) {
    if (at + digits > to) {
      return -1;
    }
    int number = 0;
    for (int end = at + digits; at < end; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return -1;
      }
      number = 10 * number + text[at] - '0';
    }
    return number;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      return isLeap(year) ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /**
   * Returns the days since 1970-01-01 in the proleptic Gregorian calendar, like {@link
   * LocalDate#toEpochDay}.
   */
  private static long daysSince1970(int year, int month, int dayOfMonth) {
    // Years begin in March here, so that a leap day is the last day of a year.
    long shifted = month <= 2 ? year - 1L : year;
    long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468;
  }
}
