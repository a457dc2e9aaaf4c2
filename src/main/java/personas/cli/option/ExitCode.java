package personas.cli.option;

/** How the process ends. */
public final class ExitCode {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int USAGE = 2;
  public static final int DATA_REFUSED = 3;

  private ExitCode() {}
}
