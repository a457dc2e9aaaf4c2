package personas.cli.exit;

/** A command line that cannot be run; the message says what is wrong and what is allowed. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
