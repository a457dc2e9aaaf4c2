package personas.table.bytes;

/** Computes how much of the heap each of several threads may use. */
public final class HeapShare {
  private HeapShare() {}

  /**
   * Returns how many bytes one thread may use, if every processor runs such a thread.
   *
   * @param parts all threads together may use the size of the heap divided by this number
   * @param minimum the number of bytes that a thread may always use
   */
  public static long ofThread(int parts, long minimum) {
    Runtime runtime = Runtime.getRuntime();
    return Math.max(minimum, runtime.maxMemory() / parts / runtime.availableProcessors());
  }
}
