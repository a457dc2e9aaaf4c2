package personas.table.bytes;

/** Computes how much of the heap each of several threads may use. */
public final class HeapShare {
  private HeapShare() {}

  /**
   * Returns how many bytes a thread may use, if every processor runs a thread that uses as many.
   *
   * @param parts all threads together may use one in this many parts of the heap
   * @param minimum the number of bytes that a thread may use in any case
   */
  public static long ofThread(int parts, long minimum) {
    Runtime runtime = Runtime.getRuntime();
    return Math.max(minimum, runtime.maxMemory() / parts / runtime.availableProcessors());
  }
}
