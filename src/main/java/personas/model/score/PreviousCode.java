package personas.model.score;

/**
 * Encodes two facts about a row as one number: the cluster of the user in the previous run, and
 * whether the row is the first row of the user.
 */
public final class PreviousCode {
  /** The code of a user that was not in the previous run. */
  public static final short NONE = 0;

  private PreviousCode() {}

  /**
   * Returns the code of a user.
   *
   * @param cluster the index of the cluster in the previous model
   * @param isFirstRow whether the row is the first row of the user
   */
  public static short of(int cluster, boolean isFirstRow) {
    return (short) (isFirstRow ? cluster + 1 : -1 - cluster);
  }

  /** Returns the index of the cluster in the previous model. The code is not {@link #NONE}. */
  public static int cluster(short code) {
    return Math.abs(code) - 1;
  }

  /** Returns whether the row is the first row of the user. The code is not {@link #NONE}. */
  public static boolean isFirstRow(short code) {
    return code > NONE;
  }
}
