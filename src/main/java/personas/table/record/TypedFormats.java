package personas.table.record;

import java.util.Locale;
import personas.table.ledger.BadInputException;

/** Limits of typed files, and the exceptions for files that exceed them. */
public final class TypedFormats {
  /**
   * The maximum number of digits before or after the point of a decimal. Databases have no larger
   * decimals.
   */
  static final int MAX_DIGITS = 1000;

  /** The maximum number of bytes of a whole number with {@link #MAX_DIGITS} digits. */
  private static final int MAX_DECIMAL_BYTES = 416;

  private TypedFormats() {}

  /**
   * Refuses a column of decimals whose texts would be far longer than the stored bytes.
   *
   * @param scale the number of digits after the point
   * @throws BadInputException if the scale is not in -{@value #MAX_DIGITS}..{@value #MAX_DIGITS}
   */
  public static void checkScale(String source, String column, int scale) throws BadInputException {
    if (Math.abs((long) scale) > MAX_DIGITS) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: column '%s' holds decimals of scale %,d; the scale must be in -%,d..%,d",
              source,
              column,
              scale,
              MAX_DIGITS,
              MAX_DIGITS));
    }
  }

  /**
   * Refuses a decimal with too many digits.
   *
   * @param bytes the number of bytes of the unscaled value
   * @throws IllegalArgumentException if the value may have more than {@link #MAX_DIGITS} digits
   */
  public static void checkDecimalBytes(int bytes) {
    if (bytes > MAX_DECIMAL_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a decimal has %,d bytes; at most %,d digits are allowed, which take %,d bytes",
              bytes,
              MAX_DIGITS,
              MAX_DECIMAL_BYTES));
    }
  }

  /**
   * Returns the exception for a file for which a library needs too much memory. A file declares
   * lengths that only the library reads, so this program cannot check the lengths before.
   *
   * @param place the file and the place in the file
   */
  public static BadInputException tooLarge(String place, Error cause) {
    return new BadInputException(
        place
            + ": needs more memory than is available; the file is damaged, or the program needs a larger"
            + " heap",
        cause);
  }
}
