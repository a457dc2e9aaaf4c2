package personas.app;

/** How the process ends. */
final class ExitCode {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int DATA_REFUSED = 3;

  private ExitCode() {}
}
