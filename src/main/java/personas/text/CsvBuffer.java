package personas.text;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer that writes CSV. A text field that a spreadsheet would read as a formula gets a
 * leading apostrophe: a field that starts with {@code =}, {@code +}, {@code -}, {@code @}, a tab or
 * a carriage return, and is not a number.
 */
public final class CsvBuffer {
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** The most frequent number of decimals. */
  private static final int USUAL_DECIMALS = 4;

  /** The compiler turns a division by this constant into a multiplication. */
  private static final int USUAL_POWER = 10_000;

  /** The bytes of a number below 10 with four decimals. */
  private static final int USUAL_LENGTH = 2 + USUAL_DECIMALS;

  /** An upper limit of the bytes of a number that is not written by {@link BigDecimal}. */
  private static final int MAX_NUMBER_BYTES = 24;

  /** Reads and writes eight bytes as a long whose lowest byte is the first one. */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long HYPHENS = '-' * 0x0101010101010101L;

  /** The two digits of each number from 0 to 99; the first digit is the lowest byte. */
  private static final short[] DIGIT_PAIRS = new short[100];

  /** For each byte, whether a field with the byte needs quotes. */
  private static final boolean[] NEEDS_QUOTES = new boolean[256];

  /** For each byte, whether a field that starts with the byte may be a formula. */
  private static final boolean[] MAY_START_FORMULA = new boolean[256];

  static {
    for (int i = 0; i < DIGIT_PAIRS.length; i++) {
      DIGIT_PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
    }
    for (char c : new char[] {',', '"', '\n', '\r'}) {
      NEEDS_QUOTES[c] = true;
    }
    for (char c : new char[] {'=', '@', '\t', '\r', '+', '-'}) {
      MAY_START_FORMULA[c] = true;
    }
  }

  private byte[] bytes = new byte[1 << 12];
  private int size;

  /** Returns the number of bytes. */
  public int size() {
    return size;
  }

  /** Removes all bytes. */
  public void clear() {
    size = 0;
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes all bytes to a stream, which stays open. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Makes room, so that the buffer can hold {@code totalBytes} bytes without growing. */
  public void reserve(int totalBytes) {
    makeRoom(totalBytes - size);
  }

  private void makeRoom(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
    }
  }

  /** Appends one ASCII character. */
  public void appendByte(char ascii) {
    makeRoom(1);
    bytes[size++] = (byte) ascii;
  }

  /** Appends ASCII characters as they are, without quotes. */
  public void appendAscii(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    append(ascii, 0, ascii.length);
  }

  /**
   * Appends bytes as they are. A text of 8 to 16 bytes, such as most ids, is copied as two words.
   */
  public void append(byte[] source, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return;
    }
    makeRoom(length);
    if (length < Long.BYTES || length > 2 * Long.BYTES) {
      System.arraycopy(source, from, bytes, size, length);
    } else {
      // The second word may overlap the first one.
      LONGS.set(bytes, size, (long) LONGS.get(source, from));
      int last = length - Long.BYTES;
      LONGS.set(bytes, size + last, (long) LONGS.get(source, from + last));
    }
    size += length;
  }

  /**
   * Appends a text, a number with four decimals, another text and another number. Numbers are
   * rounded as by {@link #appendFixed}.
   *
   * @param before the text before the first number
   * @param first the first number, ≥ 0 and finite
   * @param between the text between the numbers
   * @param second the second number, ≥ 0 and finite
   */
  public void appendMeasures(Text before, double first, Text between, double second) {
    double scaledFirst = first * USUAL_POWER;
    double scaledSecond = second * USUAL_POWER;
    makeRoom(Long.BYTES * (before.words.length + between.words.length) + 2 * MAX_NUMBER_BYTES);
    if (!(Math.max(scaledFirst, scaledSecond) < 10 * USUAL_POWER - 1)) {
      size = put(before, size);
      appendFixed(first, USUAL_DECIMALS);
      makeRoom(Long.BYTES * between.words.length);
      size = put(between, size);
      appendFixed(second, USUAL_DECIMALS);
      return;
    }
    int at = put(before, size);
    putUsual((int) steps(first, USUAL_POWER, scaledFirst), at);
    at = put(between, at + USUAL_LENGTH);
    putUsual((int) steps(second, USUAL_POWER, scaledSecond), at);
    size = at + USUAL_LENGTH;
  }

  /** Writes a text at an index that has room for whole words; returns the end of the text. */
  private int put(Text text, int at) {
    long[] words = text.words;
    byte[] target = bytes;
    for (int i = 0; i < words.length; i++) {
      LONGS.set(target, at + Long.BYTES * i, words[i]);
    }
    return at + text.length;
  }

  /** A text that is appended often, prepared as words of eight bytes. */
  public static final class Text {
    private final long[] words;
    private final int length;

    /** Prepares a text. */
    public Text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      length = utf8.length;
      words = new long[(length + Long.BYTES - 1) / Long.BYTES];
      byte[] whole = Arrays.copyOf(utf8, Long.BYTES * words.length);
      Arrays.setAll(words, i -> (long) LONGS.get(whole, Long.BYTES * i));
    }
  }

  /**
   * Appends a number with a fixed number of decimals. The exact value is rounded half up.
   *
   * @param value the number, ≥ 0 and finite
   * @param decimals the number of decimals, 1..6
   */
  public void appendFixed(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    if (!(scaled < 1L << 51)) {
      appendAscii(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
      return;
    }
    makeRoom(MAX_NUMBER_BYTES);
    appendDecimal(steps(value, POWERS[decimals], scaled), decimals);
  }

  /**
   * Returns the exact product {@code value * power}, rounded half up to a whole number. The
   * rounding is an addition instead of a branch, because the processor cannot predict the branch.
   *
   * @param scaled the product as a double, which may be rounded
   */
  private static long steps(double value, long power, double scaled) {
    long steps = (long) scaled;
    double rest = scaled - steps;
    if (rest == 0.5 && !isExactProductAtLeast(value, power, scaled)) {
      return steps;
    }
    // Doubling is exact, and the result is at least 1 if the rest is at least a half.
    return steps + (int) (rest + rest);
  }

  /**
   * Returns whether the exact product is at least the product as a rounded double. This matters
   * only if the rounded product ends in exactly one half, because rounding keeps the order of
   * numbers.
   */
  private static boolean isExactProductAtLeast(double value, long power, double rounded) {
    return Math.fma(value, (double) power, -rounded) >= 0;
  }

  private void appendDecimal(long steps, int decimals) {
    if (decimals == USUAL_DECIMALS && steps < 10 * USUAL_POWER) {
      putUsual((int) steps, size);
      size += USUAL_LENGTH;
      return;
    }
    long whole = steps / POWERS[decimals];
    long fraction = steps % POWERS[decimals];
    appendWhole(whole);
    bytes[size++] = '.';
    for (int i = decimals - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + fraction % 10);
      fraction /= 10;
    }
    size += decimals;
  }

  /** Writes one digit, the point and four decimals, and overwrites two bytes after the number. */
  private void putUsual(int steps, int at) {
    int whole = steps / USUAL_POWER;
    int fraction = steps - whole * USUAL_POWER;
    int hundreds = fraction / 100;
    int rest = fraction - 100 * hundreds;
    LONGS.set(
        bytes,
        at,
        ('0' + whole)
            | ('.' << 8)
            | (DIGIT_PAIRS[hundreds] << 16)
            | ((long) DIGIT_PAIRS[rest] << 32));
  }

  private void appendWhole(long whole) {
    int digits = 1;
    for (long rest = whole; rest >= 10; rest /= 10) {
      digits++;
    }
    long remaining = whole;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + remaining % 10);
      remaining /= 10;
    }
    size += digits;
  }

  /**
   * Appends a text field. The field gets quotes if RFC 4180 requires quotes. If a spreadsheet would
   * read the field as a formula, the field gets quotes and an apostrophe.
   *
   * @param utf8 holds the text in bytes {@code from} to {@code to}, exclusive
   */
  public void appendField(byte[] utf8, int from, int to) {
    // Fields rarely need quotes, so the field is copied while it is checked.
    boolean isPlain = !copyAndCheck(utf8, from, to);
    if (isPlain && from < to && !MAY_START_FORMULA[utf8[from] & 0xFF]) {
      size += to - from;
    } else {
      appendCheckedField(utf8, from, to);
    }
  }

  /**
   * Appends a field that may need quotes. The bytes of the field are already copied to the end of
   * the content, but not counted in the size.
   */
  private void appendCheckedField(byte[] utf8, int from, int to) {
    boolean isFormula = from < to && startsFormula(utf8, from, to);
    if (isFormula || needsQuotes(utf8, from, to)) {
      appendQuoted(utf8, from, to, isFormula);
    } else {
      size += to - from;
    }
  }

  /**
   * Copies a field to the end of the content, eight bytes at a time, and returns whether the field
   * may need quotes. The characters that need quotes, and few others, are less than the hyphen. In
   * {@code (x - HYPHENS) & ~x}, the high bit is set in each byte that is less than the hyphen in x.
   * If there is no such byte, no high bit is set.
   */
  private boolean copyAndCheck(byte[] utf8, int from, int to) {
    makeRoom(to - from);
    int shift = size - from;
    int lastWord = to - Long.BYTES;
    if (lastWord < from) {
      int min = '-';
      for (int i = from; i < to; i++) {
        bytes[shift + i] = utf8[i];
        min = Math.min(min, utf8[i] & 0xFF);
      }
      return min < '-';
    }
    long below = 0;
    for (int i = from; i < lastWord; i += Long.BYTES) {
      below |= copyWord(utf8, i, shift);
    }
    // The last word may overlap the previous one.
    below |= copyWord(utf8, lastWord, shift);
    return (below & HIGH_BITS) != 0;
  }

  private long copyWord(byte[] utf8, int at, int shift) {
    long word = (long) LONGS.get(utf8, at);
    LONGS.set(bytes, shift + at, word);
    return (word - HYPHENS) & ~word;
  }

  private static boolean needsQuotes(byte[] utf8, int from, int to) {
    boolean hasSpecialByte = false;
    for (int i = from; i < to; i++) {
      hasSpecialByte |= NEEDS_QUOTES[utf8[i] & 0xFF];
    }
    return hasSpecialByte;
  }

  private void appendQuoted(byte[] utf8, int from, int to, boolean isFormula) {
    makeRoom(2 * (to - from) + 3);
    bytes[size++] = '"';
    if (isFormula) {
      bytes[size++] = '\'';
    }
    for (int i = from; i < to; i++) {
      if (utf8[i] == '"') {
        bytes[size++] = '"';
      }
      bytes[size++] = utf8[i];
    }
    bytes[size++] = '"';
  }

  /**
   * Returns whether a spreadsheet reads the text, without its leading apostrophes, as a formula.
   * Such a text is written with one more apostrophe, so that {@link #withoutGuard} restores every
   * text: {@code =x} is written as {@code '=x}, and {@code '=x} as {@code ''=x}.
   */
  private static boolean startsFormula(byte[] utf8, int from, int to) {
    int at = from;
    while (at < to && utf8[at] == '\'') {
      at++;
    }
    if (at == to) {
      return false;
    }
    return switch (utf8[at]) {
      case '=', '@', '\t', '\r' -> true;
      case '+', '-' -> Double.isNaN(DoubleParser.parse(utf8, at, to));
      default -> false;
    };
  }

  /**
   * Returns where the original text begins in a field that this class wrote and a reader of CSV
   * unquoted: after the apostrophe that guards a formula, if there is one.
   */
  public static int withoutGuard(byte[] utf8, int from, int to) {
    boolean isGuarded = from < to && utf8[from] == '\'' && startsFormula(utf8, from, to);
    return isGuarded ? from + 1 : from;
  }
}
