package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts how often users of earlier runs would have flipped back with each margin of a grid. A user
 * flips back if three runs in a row give the personas A, B and A. Counts can be merged in any
 * order.
 *
 * <p>Each history is replayed with each margin. In the first run the user has the nearest cluster.
 * In later runs the user keeps the cluster unless another cluster is nearer by more than the
 * margin. A run records only the nearest cluster, the second nearest cluster and the margin between
 * them. So a user whose cluster is neither of the two changes to the nearest cluster. A user that
 * is absent from a run starts again with the nearest cluster.
 */
public final class FlipBacks implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of steps of the grid. The margins are the multiples of 1 / STEPS from 0 to 1. */
  public static final int STEPS = 64;

  /** The value for an unknown cluster, or for a run without the user. */
  public static final int NONE = -1;

  private final long[] flips;
  private long triples;

  /** Creates counts of 0 users. */
  public FlipBacks() {
    this(0, new long[STEPS + 1]);
  }

  private FlipBacks(long triples, long[] flips) {
    this.triples = triples;
    this.flips = flips;
  }

  /**
   * Returns the number of margins of the grid that are below a recorded margin. A user changes
   * persona with these margins.
   *
   * @param margin the recorded margin, 0..1
   */
  public static int steps(double margin) {
    return (int) Math.ceil(margin * STEPS);
  }

  /**
   * Adds the history of a user.
   *
   * @param nearest the nearest cluster in each run, {@link #NONE} in a run without the user
   * @param second the second nearest cluster in each run; {@link #NONE} if there is none
   * @param steps the margin between these two clusters in each run, converted by {@link #steps}
   */
  public void add(int[] nearest, int[] second, int[] steps) {
    triples += countTriples(nearest);
    if (isConstant(nearest)) {
      return;
    }
    for (int margin = 0; margin <= STEPS; margin++) {
      flips[margin] += flips(nearest, second, steps, margin);
    }
  }

  private static long countTriples(int[] nearest) {
    long count = 0;
    int runsInARow = 0;
    for (int cluster : nearest) {
      runsInARow = cluster == NONE ? 0 : runsInARow + 1;
      count += runsInARow >= 3 ? 1 : 0;
    }
    return count;
  }

  /** Returns whether the nearest cluster is the same in all runs, so the user never changes. */
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
    int current = NONE;
    int previous = NONE;
    int beforePrevious = NONE;
    for (int run = 0; run < nearest.length; run++) {
      if (nearest[run] == NONE) {
        current = NONE;
        previous = NONE;
        beforePrevious = NONE;
        continue;
      }
      boolean keeps = current != NONE && current == second[run] && steps[run] <= margin;
      beforePrevious = previous;
      previous = current;
      current = keeps ? current : nearest[run];
      boolean isFlipBack = beforePrevious == current && previous != current;
      count += beforePrevious != NONE && isFlipBack ? 1 : 0;
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

  /** Returns the number of times that a user was in three runs in a row. */
  public long triples() {
    return triples;
  }

  /**
   * Returns the number of triples in which the user flips back.
   *
   * @param step the step of the margin, which is {@code step / STEPS}
   */
  public long flips(int step) {
    return flips[step];
  }

  /**
   * Returns the step of the smallest margin with which at most a share of the triples flips back.
   * If no margin reaches this share, returns the step of the smallest margin with the fewest
   * flip-backs.
   *
   * @param maxShare the largest allowed share, 0..1
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

  /** Writes the counts. Equal counts are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(triples);
    for (long count : flips) {
      out.writeLong(count);
    }
  }

  /** Reads counts that {@link #write} wrote. */
  public static FlipBacks read(DataInput in) throws IOException {
    FlipBacks counts = new FlipBacks();
    counts.triples = in.readLong();
    for (int step = 0; step <= STEPS; step++) {
      counts.flips[step] = in.readLong();
    }
    return counts;
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
