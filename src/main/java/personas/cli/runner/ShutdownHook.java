package personas.cli.runner;

/** An action for Ctrl-C and SIGTERM while a job runs. */
public final class ShutdownHook {
  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  /**
   * Sets the action.
   *
   * @param name the name of the thread that runs the action
   */
  public static ShutdownHook set(String name, Runnable action) {
    ShutdownHook hook = new ShutdownHook(new Thread(action, name));
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  /**
   * Removes the action, so that a signal no longer starts the action.
   *
   * @return false if the process is already ending; the action has then finished
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
