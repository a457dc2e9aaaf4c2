package personas.table.bytes;

/** Parts of the heap that one of several threads may take, so that all of them fit. */
public final class HeapShare {
  private HeapShare() {}

  /**
   * The bytes that a thread may take at a time, if every processor has a thread that takes as many.
   *
   * @param parts the part of the heap that all threads may take together: one of so many
   * @param least bytes that a thread may take in any case
   */
  public static long ofThread(int parts, long least) {
    Runtime runtime = Runtime.getRuntime();
    return Math.max(least, runtime.maxMemory() / parts / runtime.availableProcessors());
  }
}
