package personas.table.record;

import java.util.Locale;
import personas.table.ledger.BadInputException;

/** Avro and Parquet behind one door, so that neither is loaded where a run reads none. */
public final class TypedFormats {
  /** Digits that a decimal may have before or behind its point; databases have at most as many. */
  static final int MOST_DIGITS = 1000;

  /** The bytes of a whole number with as many digits. */
  private static final int MOST_DECIMAL_BYTES = 416;

  private TypedFormats() {}

  /**
   * Refuses a column of decimals whose texts are far longer than the bytes of the table.
   *
   * @param scale digits behind the point
   */
  public static void checkScale(String source, String column, int scale) throws BadInputException {
    if (Math.abs((long) scale) > MOST_DIGITS) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: column '%s' holds decimals of scale %,d; a scale is at most %,d",
              source,
              column,
              scale,
              MOST_DIGITS));
    }
  }

  /** Refuses a decimal of more digits than one may have. */
  public static void checkDecimalBytes(int bytes) {
    if (bytes > MOST_DECIMAL_BYTES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a decimal has %,d bytes; %,d digits are allowed, which take %,d",
              bytes,
              MOST_DIGITS,
              MOST_DECIMAL_BYTES));
    }
  }

  /**
   * The refusal of a file that asked a library for more memory than there is. The known lengths are
   * checked before a library sees them; this is for those that only a library can find.
   *
   * @param place the file, and where in it
   */
  public static BadInputException tooLarge(String place, Error cause) {
    return new BadInputException(
        place + ": asks for more memory than there is; the file is damaged, or needs a larger heap",
        cause);
  }
}
