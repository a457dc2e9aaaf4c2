package personas.cli.exit;

/**
 * A run that has published its results, or a replay of a run, and that ends with the exit code of a
 * verdict.
 */
public final class VerdictException extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * Ends a run or a replay.
   *
   * @param message names the verdict and the figure that decided
   */
  public VerdictException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
