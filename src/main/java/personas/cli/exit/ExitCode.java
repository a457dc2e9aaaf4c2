package personas.cli.exit;

/**
 * The exit codes of the process. Schedulers rely on the numbers, so they never change. A run with
 * one of the codes 4 to 7 has published all results.
 */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int DATA_REFUSED = 3;

  /** {@code --failOn} lists {@code review}, and the advice is review, refit or none. */
  public static final int REVIEW = 4;

  /** {@code --failOn} lists {@code refit}, and the advice is refit. */
  public static final int REFIT = 5;

  /** {@code --failOn} lists {@code unconverged}, and the iteration has not converged. */
  public static final int UNCONVERGED = 6;

  /** {@code --failOn} lists {@code rejected}, and at least one record was rejected. */
  public static final int REJECTED = 7;

  /** The replay of {@code verify} did not give the same bytes. */
  public static final int DIFFERENT = 8;

  private ExitCode() {}
}
