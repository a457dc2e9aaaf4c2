package personas.run;

import java.io.Serializable;
import java.util.Locale;

/**
 * How a run is cut into tasks and jobs. Nothing but time and memory depends on it.
 *
 * @param rangeBytes bytes of a file that one task reads
 * @param slots tasks that a pass over the shards is cut into
 * @param idParts parts that the ids of all users are cut into, by the first bits of their hashes,
 *     so that one task compares the ids of one part
 * @param iterationsPerJob passes that one job unrolls
 * @param singleJob whether no further job can follow; a run that has not converged by then says so
 */
public record JobTuning(
    long rangeBytes, int slots, int idParts, int iterationsPerJob, boolean singleJob)
    implements Serializable {

  public JobTuning {
    if (rangeBytes < 1 || slots < 1 || idParts < 1 || iterationsPerJob < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ranges of %d bytes, %d slots, %d parts or %d iterations a job are too few",
              rangeBytes,
              slots,
              idParts,
              iterationsPerJob));
    }
  }

  /** The most slots that a user may ask for. */
  public static final int MAX_SLOTS = 100_000;

  private static final long MIN_RANGE_BYTES = 16L << 20;
  private static final long MAX_RANGE_BYTES = 64L << 20;
  private static final int USUAL_RANGES = 64;

  private static final long SMALL_SLOT_BYTES = 8L << 20;
  private static final int SMALL_SLOTS = 8;
  private static final long LARGE_SLOT_BYTES = 64L << 20;

  /** Slots of a run that reads a database, whose bytes are not known before it is read. */
  private static final int UNKNOWN_SLOTS = 32;

  /**
   * Bytes of a range: large enough that a range is worth a task, small enough that each worker has
   * several.
   *
   * @param inputBytes bytes of all input files; negative if they are not known
   */
  public static long rangeBytesOf(long inputBytes) {
    return Math.max(MIN_RANGE_BYTES, Math.min(MAX_RANGE_BYTES, inputBytes / USUAL_RANGES));
  }

  /**
   * Slots of a pass: eight as soon as there is work for them, which is a few for each core of a
   * small machine, and one for each 64 MB of a larger input, so that a slot stays small at any
   * size. The rule is the same on every runner, and does not depend on the machine of the launcher.
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
   * Parts of the ids: as many as there are slots by default, rounded up to a power of two. A part
   * has to fit into the memory of a task, so the number does not follow the slots that a user asks
   * for.
   *
   * @param inputBytes bytes of all input files; negative if they are not known
   */
  public static int idPartsOf(long inputBytes) {
    int slots = slotsOf(inputBytes);
    return slots <= 1 ? 1 : Integer.highestOneBit(slots - 1) << 1;
  }
}
