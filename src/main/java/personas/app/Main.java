package personas.app;

/** The one entry point, on every runner. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.err.println("commands: segment, simulate");
    System.exit(2);
  }
}
