package personas.run;

import java.io.Serializable;
import java.util.Locale;

/**
 * How a run is split into tasks and jobs. The values change time and memory, but never a result.
 *
 * @param rangeBytes bytes of a file that one task reads
 * @param slots the number of tasks of one pass over the shards
 * @param idParts the number of parts into which the ids of all users are split by the first bits of
 *     their hashes; one task compares the ids of one part
 * @param iterationsPerJob the number of iterations that one job unrolls; 0 for a score
 * @param singleJob whether the run has one job only; if the iteration does not converge in that
 *     job, the results say so
 */
public record JobTuning(
    long rangeBytes, int slots, int idParts, int iterationsPerJob, boolean singleJob)
    implements Serializable {

  public JobTuning {
    if (rangeBytes < 1 || slots < 1 || idParts < 1 || iterationsPerJob < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ranges of %d bytes, %d slots, %d parts or %d iterations per job are too few",
              rangeBytes,
              slots,
              idParts,
              iterationsPerJob));
    }
  }

  /** The largest number that {@code --slots} accepts. */
  public static final int MAX_SLOTS = 100_000;

  private static final long MIN_RANGE_BYTES = 16L << 20;
  private static final long MAX_RANGE_BYTES = 64L << 20;
  private static final int TARGET_RANGES = 64;

  private static final long SMALL_SLOT_BYTES = 8L << 20;
  private static final int SMALL_SLOTS = 8;
  private static final long LARGE_SLOT_BYTES = 64L << 20;

  /**
   * Slots of a run that reads a database, because the size of a database is not known in advance.
   */
  private static final int UNKNOWN_SLOTS = 32;

  /**
   * Returns the bytes of a range: enough to be worth a task, and few enough that each worker gets
   * several ranges.
   *
   * @param inputBytes bytes of all input files; negative if they are not known
   */
  public static long rangeBytesOf(long inputBytes) {
    return Math.max(MIN_RANGE_BYTES, Math.min(MAX_RANGE_BYTES, inputBytes / TARGET_RANGES));
  }

  /**
   * Returns the number of slots of a pass: one per 8 MB up to eight slots, and one per 64 MB of a
   * larger input. Eight slots keep the cores of a small machine busy. The number does not depend on
   * the runner or on the machine of the launcher.
   *
   * @param inputBytes bytes of all input files; negative if they are not known
   */
  public static int slotsOf(long inputBytes) {
    if (inputBytes < 0) {
      return UNKNOWN_SLOTS;
    }
    long small = Math.min(SMALL_SLOTS, inputBytes / SMALL_SLOT_BYTES);
    return (int) Math.max(1, Math.max(small, inputBytes / LARGE_SLOT_BYTES));
  }

  /**
   * Returns the number of parts of the ids: the default number of slots, rounded up to a power of
   * two. A part has to fit into the memory of a task, so the number does not depend on {@code
   * --slots}.
   *
   * @param inputBytes bytes of all input files; negative if they are not known
   */
  public static int idPartsOf(long inputBytes) {
    int slots = slotsOf(inputBytes);
    return slots <= 1 ? 1 : Integer.highestOneBit(slots - 1) << 1;
  }

  /**
   * Returns whether the input has less than 16 MB, for which the default number of slots is 1. The
   * answer does not depend on {@code --slots}.
   */
  public boolean isSmallInput() {
    return idParts == 1;
  }
}
