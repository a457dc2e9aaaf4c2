package personas.cli.exit;

/** The exit codes of the process. Schedulers rely on the numbers, so they never change. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int DATA_REFUSED = 3;

  /** The results are published, and the advice is review, refit or none. */
  public static final int REVIEW = 4;

  /** The results are published, and the advice is refit. */
  public static final int REFIT = 5;

  /** The results are published, and the iteration stopped before it converged. */
  public static final int UNCONVERGED = 6;

  /** The results are published, and at least one record was rejected. */
  public static final int REJECTED = 7;

  /** The replay of {@code verify} did not give the same bytes. */
  public static final int DIFFERENT = 8;

  private ExitCode() {}
}
