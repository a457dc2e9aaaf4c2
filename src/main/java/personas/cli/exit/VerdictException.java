package personas.cli.exit;

/** Ends a published run, or a replay of a run, with the exit code of a verdict. */
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
