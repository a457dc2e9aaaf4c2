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
 * A growing buffer that writes CSV. A text field that a spreadsheet would take for a formula (it
 * starts with {@code = + - @}, a tab or a carriage return, and is no plain number) gets a leading
 * apostrophe.
 */
public final class CsvBuffer {
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  /** The decimals that are written most: a division by a constant is a multiplication. */
  private static final int USUAL_DECIMALS = 4;

  private static final int USUAL_POWER = 10_000;

  /** Bytes that such a number has before it needs a second digit. */
  private static final int USUAL_LENGTH = 2 + USUAL_DECIMALS;

  /** More bytes than any number has that is not written by {@link BigDecimal}. */
  private static final int LONGEST_NUMBER = 24;

  /** Eight bytes at a time, the first one lowest. */
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long HIGH = 0x8080808080808080L;
  private static final long HYPHENS = '-' * 0x0101010101010101L;

  /** The two digits of 0 to 99, the first one lowest. */
  private static final short[] PAIRS = new short[100];

  /** By byte: whether a field with it must be quoted. */
  private static final boolean[] WANTS_QUOTES = new boolean[256];

  /** By byte: whether a field that starts with it may be a formula. */
  private static final boolean[] MAY_START_FORMULA = new boolean[256];

  static {
    for (int i = 0; i < PAIRS.length; i++) {
      PAIRS[i] = (short) (('0' + i / 10) | (('0' + i % 10) << 8));
    }
    for (char each : new char[] {',', '"', '\n', '\r'}) {
      WANTS_QUOTES[each] = true;
    }
    for (char each : new char[] {'=', '@', '\t', '\r', '+', '-'}) {
      MAY_START_FORMULA[each] = true;
    }
  }

  private byte[] bytes = new byte[1 << 12];
  private int size;

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  /** Makes room for so many bytes in all. */
  public void reserve(int all) {
    ensure(all - size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  public void appendByte(char ascii) {
    ensure(1);
    bytes[size++] = (byte) ascii;
  }

  public void appendAscii(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    append(ascii, 0, ascii.length);
  }

  /** Appends bytes as they are; a few of them, as an id has, without a call. */
  public void append(byte[] source, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return;
    }
    ensure(length);
    if (length < Long.BYTES || length > 2 * Long.BYTES) {
      System.arraycopy(source, from, bytes, size, length);
    } else {
      // The two words may overlap.
      LONGS.set(bytes, size, (long) LONGS.get(source, from));
      int last = length - Long.BYTES;
      LONGS.set(bytes, size + last, (long) LONGS.get(source, from + last));
    }
    size += length;
  }

  /**
   * Appends a text, a number of four decimals as by {@link #appendFixed}, a text and another
   * number.
   *
   * @param first ≥ 0 and finite, and so is {@code second}
   */
  public void appendMeasures(Text before, double first, Text between, double second) {
    double scaledFirst = first * USUAL_POWER;
    double scaledSecond = second * USUAL_POWER;
    ensure(Long.BYTES * (before.words.length + between.words.length) + 2 * LONGEST_NUMBER);
    if (!(Math.max(scaledFirst, scaledSecond) < 10 * USUAL_POWER - 1)) {
      size = put(before, size);
      appendFixed(first, USUAL_DECIMALS);
      ensure(Long.BYTES * between.words.length);
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

  /** Puts a text at a place that has room for whole words; returns where the text ends. */
  private int put(Text text, int at) {
    long[] words = text.words;
    byte[] target = bytes;
    for (int i = 0; i < words.length; i++) {
      LONGS.set(target, at + Long.BYTES * i, words[i]);
    }
    return at + text.length;
  }

  /** Bytes that are appended as they are, again and again. */
  public static final class Text {
    private final long[] words;
    private final int length;

    public Text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      length = utf8.length;
      words = new long[(length + Long.BYTES - 1) / Long.BYTES];
      byte[] whole = Arrays.copyOf(utf8, Long.BYTES * words.length);
      Arrays.setAll(words, i -> (long) LONGS.get(whole, Long.BYTES * i));
    }
  }

  /**
   * Appends a number with a fixed count of decimals, the exact value rounded half up.
   *
   * @param value ≥ 0 and finite
   * @param decimals 1..6
   */
  public void appendFixed(double value, int decimals) {
    double scaled = value * POWERS[decimals];
    if (!(scaled < 1L << 51)) {
      appendAscii(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
      return;
    }
    ensure(LONGEST_NUMBER);
    appendDecimal(steps(value, POWERS[decimals], scaled), decimals);
  }

  /** The product rounded half up; without a branch, because no processor can guess this one. */
  private static long steps(double value, long power, double scaled) {
    long steps = (long) scaled;
    double rest = scaled - steps;
    if (rest == 0.5 && !productIsNotBelow(value, power, scaled)) {
      return steps;
    }
    // Doubling is exact: at least 1 where the rest is at least a half.
    return steps + (int) (rest + rest);
  }

  /**
   * Whether the exact product reaches what it was rounded to. Rounding keeps order, so only where
   * it gave a half exactly is there anything to ask.
   */
  private static boolean productIsNotBelow(double value, long power, double rounded) {
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

  /** One digit, the point, and {@link #USUAL_DECIMALS}; two more bytes are overwritten. */
  private void putUsual(int steps, int at) {
    int whole = steps / USUAL_POWER;
    int fraction = steps - whole * USUAL_POWER;
    int hundreds = fraction / 100;
    int rest = fraction - 100 * hundreds;
    LONGS.set(
        bytes,
        at,
        ('0' + whole) | ('.' << 8) | (PAIRS[hundreds] << 16) | ((long) PAIRS[rest] << 32));
  }

  private void appendWhole(long whole) {
    int digits = 1;
    for (long rest = whole; rest >= 10; rest /= 10) {
      digits++;
    }
    long left = whole;
    for (int i = digits - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + left % 10);
      left /= 10;
    }
    size += digits;
  }

  /** Appends one text field, quoted where RFC 4180 asks for it, formulas neutralised. */
  public void appendField(byte[] utf8, int from, int to) {
    // Hardly any field wants quotes: it is copied while it is looked at.
    boolean plain = !copyLooking(utf8, from, to);
    if (plain && from < to && !MAY_START_FORMULA[utf8[from] & 0xFF]) {
      size += to - from;
    } else {
      appendOddField(utf8, from, to);
    }
  }

  /** Likewise where a closer look is wanted; the field's bytes are there already. */
  private void appendOddField(byte[] utf8, int from, int to) {
    boolean formula = from < to && startsFormula(utf8, from, to);
    if (formula || wantsQuotes(utf8, from, to)) {
      appendQuoted(utf8, from, to, formula);
    } else {
      size += to - from;
    }
  }

  /**
   * Copies a field behind what is there, eight bytes at a time, and returns whether it may want
   * quotes: all that ask for them, and few others, come before the hyphen. A byte of {@code x -
   * HYPHENS} that was less has its high bit, and so has one that was above 127.
   */
  private boolean copyLooking(byte[] utf8, int from, int to) {
    ensure(to - from);
    int shift = size - from;
    int lastWord = to - Long.BYTES;
    if (lastWord < from) {
      int least = '-';
      for (int i = from; i < to; i++) {
        bytes[shift + i] = utf8[i];
        least = Math.min(least, utf8[i] & 0xFF);
      }
      return least < '-';
    }
    long below = 0;
    for (int i = from; i < lastWord; i += Long.BYTES) {
      below |= copyWord(utf8, i, shift);
    }
    // The last word may overlap the one before it.
    below |= copyWord(utf8, lastWord, shift);
    return (below & HIGH) != 0;
  }

  private long copyWord(byte[] utf8, int at, int shift) {
    long word = (long) LONGS.get(utf8, at);
    LONGS.set(bytes, shift + at, word);
    return (word - HYPHENS) & ~word;
  }

  private static boolean wantsQuotes(byte[] utf8, int from, int to) {
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      quoted |= WANTS_QUOTES[utf8[i] & 0xFF];
    }
    return quoted;
  }

  private void appendQuoted(byte[] utf8, int from, int to, boolean formula) {
    ensure(2 * (to - from) + 3);
    bytes[size++] = '"';
    if (formula) {
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
   * Whether a spreadsheet takes the text for a formula, or would after apostrophes are taken away.
   * Such a text is written with one more apostrophe before it, so that {@link #withoutGuard} gives
   * back every text: {@code =x} is written as {@code '=x}, and {@code '=x} as {@code ''=x}.
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
   * Where a text begins that this class wrote as a field and a reader of CSV gave back: behind the
   * apostrophe that guards a formula, if there is one.
   */
  public static int withoutGuard(byte[] utf8, int from, int to) {
    boolean guarded = from < to && utf8[from] == '\'' && startsFormula(utf8, from, to);
    return guarded ? from + 1 : from;
  }
}
