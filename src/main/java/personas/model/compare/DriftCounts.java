package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;

/**
 * Counts of the users that a stream scored by one model: what {@link ScoreDrift} needs. Mergeable
 * in any order.
 */
public final class DriftCounts {
  private static final int BLOCK = 512;

  private final TrainedUsers trained;
  private final FeatureHistogram values;
  private final long[] users;

  /** The users that came last; counting a whole block takes far less than counting each. */
  private final double[][] waiting;

  private int inBlock;

  /** The counts of no user. */
  public DriftCounts(TrainedUsers trained) {
    this(trained, new FeatureHistogram(trained.bins()), new long[trained.users().size()]);
  }

  private DriftCounts(TrainedUsers trained, FeatureHistogram values, long[] users) {
    this.trained = trained;
    this.values = values;
    this.users = users;
    this.waiting = new double[trained.features().size()][BLOCK];
  }

  /**
   * Adds a user.
   *
   * @param columns d columns of raw values, NaN where one is missing; the user is in the first row
   * @param cluster by its place in the model
   */
  public void add(double[][] columns, int cluster) {
    for (int f = 0; f < waiting.length; f++) {
      waiting[f][inBlock] = columns[f][0];
    }
    users[cluster]++;
    if (++inBlock == BLOCK) {
      countBlock();
    }
  }

  private void countBlock() {
    if (inBlock > 0) {
      values.add(waiting, inBlock);
      inBlock = 0;
    }
  }

  /**
   * The counts of all users together; changes none of the parts.
   *
   * @param parts counts by the same model; at least one
   */
  public static DriftCounts sum(Iterable<DriftCounts> parts) {
    DriftCounts sum = new DriftCounts(parts.iterator().next().trained);
    for (DriftCounts part : parts) {
      part.countBlock();
      sum.values.merge(part.values);
      for (int j = 0; j < sum.users.length; j++) {
        sum.users[j] += part.users[j];
      }
    }
    return sum;
  }

  /** How many users were counted. */
  public long total() {
    return LongStream.of(users).sum();
  }

  /** How far the users are from those of the training; null if there are none. */
  public ScoreDrift driftOrNull() {
    countBlock();
    return ScoreDrift.ofOrNull(trained, values, Arrays.stream(users).boxed().toList());
  }

  /** What the counted users are held against. */
  public TrainedUsers trained() {
    return trained;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof DriftCounts that)) {
      return false;
    }
    countBlock();
    that.countBlock();
    return trained.equals(that.trained)
        && values.equals(that.values)
        && Arrays.equals(users, that.users);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(users);
  }

  /** Writes the counts without {@link #trained}; equal counts write equal bytes. */
  public void write(DataOutput out) throws IOException {
    countBlock();
    values.write(out);
    for (long each : users) {
      out.writeLong(each);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static DriftCounts read(TrainedUsers trained, DataInput in) throws IOException {
    FeatureHistogram values = FeatureHistogram.read(in);
    long[] users = new long[trained.users().size()];
    for (int j = 0; j < users.length; j++) {
      users[j] = in.readLong();
    }
    return new DriftCounts(trained, values, users);
  }
}
