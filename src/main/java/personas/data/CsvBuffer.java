package personas.data;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
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

  /** By byte: whether a field with it must be quoted. */
  private static final boolean[] WANTS_QUOTES = new boolean[256];

  static {
    for (char each : new char[] {',', '"', '\n', '\r'}) {
      WANTS_QUOTES[each] = true;
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
  void reserve(int all) {
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

  /** Appends bytes as they are. */
  public void append(byte[] source, int from, int to) {
    ensure(to - from);
    System.arraycopy(source, from, bytes, size, to - from);
    size += to - from;
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
    long steps = (long) scaled;
    double rest = scaled - steps;
    if (rest > 0.5 || (rest == 0.5 && productIsNotBelow(value, POWERS[decimals], scaled))) {
      steps++;
    }
    appendDecimal(steps, decimals);
  }

  /**
   * Whether the exact product reaches what it was rounded to. Rounding keeps order, so only where
   * it gave a half exactly is there anything to ask.
   */
  private static boolean productIsNotBelow(double value, long power, double rounded) {
    return Math.fma(value, (double) power, -rounded) >= 0;
  }

  private void appendDecimal(long steps, int decimals) {
    ensure(24);
    if (decimals == USUAL_DECIMALS && steps < 10 * USUAL_POWER) {
      appendUsual((int) steps);
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

  /** One digit, the point, and {@link #USUAL_DECIMALS}. */
  private void appendUsual(int steps) {
    int whole = steps / USUAL_POWER;
    int fraction = steps - whole * USUAL_POWER;
    int hundreds = fraction / 100;
    int rest = fraction - 100 * hundreds;
    bytes[size] = (byte) ('0' + whole);
    bytes[size + 1] = '.';
    bytes[size + 2] = (byte) ('0' + hundreds / 10);
    bytes[size + 3] = (byte) ('0' + hundreds % 10);
    bytes[size + 4] = (byte) ('0' + rest / 10);
    bytes[size + 5] = (byte) ('0' + rest % 10);
    size += 6;
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
    boolean formula = from < to && startsFormula(utf8, from, to);
    boolean quoted = formula;
    for (int i = from; i < to && !quoted; i++) {
      quoted = WANTS_QUOTES[utf8[i] & 0xFF];
    }
    if (!quoted) {
      append(utf8, from, to);
      return;
    }
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

  /** Appends a text field as who reads the CSV gets it: not quoted, formulas neutralised. */
  void appendReadBack(byte[] utf8, int from, int to) {
    if (from < to && startsFormula(utf8, from, to)) {
      appendByte('\'');
    }
    append(utf8, from, to);
  }

  private static boolean startsFormula(byte[] utf8, int from, int to) {
    return switch (utf8[from]) {
      case '=', '@', '\t', '\r' -> true;
      case '+', '-' -> Double.isNaN(NumberText.parse(utf8, from, to));
      default -> false;
    };
  }
}
