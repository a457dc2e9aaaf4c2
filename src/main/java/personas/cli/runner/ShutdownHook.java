package personas.cli.runner;

/** What Ctrl-C or SIGTERM does while something runs. */
public final class ShutdownHook {
  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  public static ShutdownHook set(String name, Runnable action) {
    ShutdownHook hook = new ShutdownHook(new Thread(action, name));
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  /**
   * Signals do nothing of it from now on.
   *
   * @return false where the process is ending already; the action is through by then
   */
  public boolean unset() {
    try {
      return Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    }
  }
}
