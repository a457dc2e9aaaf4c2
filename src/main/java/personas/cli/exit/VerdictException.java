package personas.cli.exit;

/**
 * Ends a command with the exit code of a verdict: after a run has published its results, or after
 * {@code verify} has compared a run with its replay.
 */
public final class VerdictException extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * Creates the exception.
   *
   * @param exitCode the exit code of the process
   * @param message the verdict and the figure that decided
   */
  public VerdictException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** Returns the exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
