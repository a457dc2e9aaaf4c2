package personas.app;

/** What Ctrl-C or SIGTERM does while something runs. */
final class SignalHook {
  private final Thread thread;

  private SignalHook(Thread thread) {
    this.thread = thread;
  }

  static SignalHook set(String name, Runnable action) {
    SignalHook hook = new SignalHook(new Thread(action, name));
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  /**
   * Signals do nothing of it from now on.
   *
   * @return false where the process is ending already; the action is through by then
   */
  boolean unset() {
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
