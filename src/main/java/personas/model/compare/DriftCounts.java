package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;

/**
 * The counts of the users that a stream scored with one model, from which {@link ScoreDrift} is
 * computed. Counts can be merged in any order. Instances are immutable, because a runner may write
 * them in another thread while the stream continues.
 */
public final class DriftCounts {
  private final TrainedUsers trained;
  private final FeatureHistogram values;
  private final long[] users;

  /** Keeps the arguments without a copy, so the caller must not change them afterwards. */
  DriftCounts(TrainedUsers trained, FeatureHistogram values, long[] users) {
    this.trained = trained;
    this.values = values;
    this.users = users;
  }

  /**
   * Returns the sum of several counts. The arguments are not changed.
   *
   * @param parts counts with the same model, at least one
   */
  public static DriftCounts sum(Iterable<DriftCounts> parts) {
    TrainedUsers trained = parts.iterator().next().trained;
    FeatureHistogram values = new FeatureHistogram(trained.bins());
    long[] users = new long[trained.users().size()];
    for (DriftCounts part : parts) {
      values.merge(part.values);
      for (int j = 0; j < users.length; j++) {
        users[j] += part.users[j];
      }
    }
    return new DriftCounts(trained, values, users);
  }

  /** Returns the number of users counted. */
  public long total() {
    return LongStream.of(users).sum();
  }

  /** Returns the drift of the users since the training; null if no users were counted. */
  public ScoreDrift driftOrNull() {
    return ScoreDrift.ofOrNull(trained, values, Arrays.stream(users).boxed().toList());
  }

  /** Returns the users of the training. */
  public TrainedUsers trained() {
    return trained;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DriftCounts that
        && trained.equals(that.trained)
        && values.equals(that.values)
        && Arrays.equals(users, that.users);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(users);
  }

  /** Writes the counts without {@link #trained}. Equal counts are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    values.write(out);
    for (long count : users) {
      out.writeLong(count);
    }
  }

  /** Reads counts that {@link #write} wrote. */
  public static DriftCounts read(TrainedUsers trained, DataInput in) throws IOException {
    FeatureHistogram values = FeatureHistogram.read(in);
    long[] users = new long[trained.users().size()];
    for (int j = 0; j < users.length; j++) {
      users[j] = in.readLong();
    }
    return new DriftCounts(trained, values, users);
  }
}
