package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How often users of earlier runs would have flipped back under each margin of a grid: a user flips
 * back if three runs in a row give the personas A, B and A. Mergeable in any order.
 *
 * <p>Each history is replayed under each margin. In the first run the user has the nearest cluster.
 * From then on the user keeps the cluster unless the nearest one is nearer by more than the margin.
 * A run records the nearest cluster, the second nearest one and the margin between these two only,
 * so a user whose cluster is neither of them changes. A user who misses a run starts anew.
 */
public final class FlipBacks implements Serializable {
  private static final long serialVersionUID = 1;

  /** The margins of the grid are the multiples of 1 / STEPS from 0 to 1. */
  public static final int STEPS = 64;

  /** Stands for a cluster that is not known, and in a history for a run without the user. */
  public static final int NONE = -1;

  private final long[] flips;
  private long triples;

  /** The counts of no user. */
  public FlipBacks() {
    this(0, new long[STEPS + 1]);
  }

  private FlipBacks(long triples, long[] flips) {
    this.triples = triples;
    this.flips = flips;
  }

  /**
   * The number of margins of the grid that are below a recorded margin: under them a user changes.
   *
   * @param margin 0 to 1, as recorded
   */
  public static int steps(double margin) {
    return (int) Math.ceil(margin * STEPS);
  }

  /**
   * Adds the history of a user.
   *
   * @param nearest the nearest cluster in each run, {@link #NONE} in a run without the user
   * @param second the second nearest cluster in each run; {@link #NONE} if there is none
   * @param steps the margin between these two in each run, as {@link #steps} gives it
   */
  public void add(int[] nearest, int[] second, int[] steps) {
    triples += triplesOf(nearest);
    if (isConstant(nearest)) {
      return;
    }
    for (int margin = 0; margin <= STEPS; margin++) {
      flips[margin] += flips(nearest, second, steps, margin);
    }
  }

  private static long triplesOf(int[] nearest) {
    long count = 0;
    int inARow = 0;
    for (int cluster : nearest) {
      inARow = cluster == NONE ? 0 : inARow + 1;
      count += inARow >= 3 ? 1 : 0;
    }
    return count;
  }

  /** Whether no margin lets the user change. */
  private static boolean isConstant(int[] nearest) {
    int first = NONE;
    for (int cluster : nearest) {
      if (cluster != NONE && first != NONE && cluster != first) {
        return false;
      }
      first = cluster == NONE ? first : cluster;
    }
    return true;
  }

  private static long flips(int[] nearest, int[] second, int[] steps, int margin) {
    long count = 0;
    int own = NONE;
    int before = NONE;
    int beforeThat = NONE;
    for (int run = 0; run < nearest.length; run++) {
      if (nearest[run] == NONE) {
        own = NONE;
        before = NONE;
        beforeThat = NONE;
        continue;
      }
      boolean keeps = own != NONE && own == second[run] && steps[run] <= margin;
      beforeThat = before;
      before = own;
      own = keeps ? own : nearest[run];
      count += beforeThat != NONE && beforeThat == own && before != own ? 1 : 0;
    }
    return count;
  }

  /** Adds the counts of other users. */
  public void merge(FlipBacks other) {
    triples += other.triples;
    for (int margin = 0; margin <= STEPS; margin++) {
      flips[margin] += other.flips[margin];
    }
  }

  /** How often a user was in three runs in a row. */
  public long triples() {
    return triples;
  }

  /**
   * In how many of the triples the user flips back.
   *
   * @param step the margin is {@code step / STEPS}
   */
  public long flips(int step) {
    return flips[step];
  }

  /**
   * The step of the smallest margin under which at most a share of the triples flips back. If no
   * margin reaches that, the step of the smallest one with the fewest flip-backs.
   *
   * @param maxShare 0 to 1
   */
  public int choose(double maxShare) {
    int fewest = 0;
    for (int step = 0; step <= STEPS; step++) {
      if (flips[step] <= maxShare * triples) {
        return step;
      }
      fewest = flips[step] < flips[fewest] ? step : fewest;
    }
    return fewest;
  }

  /** Writes the counts; equal counts write equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(triples);
    for (long count : flips) {
      out.writeLong(count);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static FlipBacks read(DataInput in) throws IOException {
    FlipBacks read = new FlipBacks();
    read.triples = in.readLong();
    for (int step = 0; step <= STEPS; step++) {
      read.flips[step] = in.readLong();
    }
    return read;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlipBacks that
        && triples == that.triples
        && Arrays.equals(flips, that.flips);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(flips);
  }
}
