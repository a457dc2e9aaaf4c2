package personas.model.score;

/**
 * The codes that say which cluster of the previous run the user of a row had, and whether the row
 * is the first one of that user.
 */
public final class PreviousCode {
  /** The user was not in the previous run. */
  public static final short NONE = 0;

  private PreviousCode() {}

  /** The code of a user of the cluster at a place in the previous model. */
  public static short of(int place, boolean isFirstRow) {
    return (short) (isFirstRow ? place + 1 : -1 - place);
  }

  /** The place of the cluster in the previous model; of any code but {@link #NONE}. */
  public static int place(short code) {
    return Math.abs(code) - 1;
  }

  /** Whether no earlier row is of the same user; of any code but {@link #NONE}. */
  public static boolean isFirstRow(short code) {
    return code > NONE;
  }
}
