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
 * in any order. Nothing changes an instance: an engine may write it on another thread while a
 * stream goes on.
 */
public final class DriftCounts {
  private final TrainedUsers trained;
  private final FeatureHistogram values;
  private final long[] users;

  /** Takes the counts over; the caller changes them no more. */
  DriftCounts(TrainedUsers trained, FeatureHistogram values, long[] users) {
    this.trained = trained;
    this.values = values;
    this.users = users;
  }

  /**
   * The counts of all users together; changes none of the parts.
   *
   * @param parts counts by the same model; at least one
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

  /** How many users were counted. */
  public long total() {
    return LongStream.of(users).sum();
  }

  /** How far the users are from those of the training; null if there are none. */
  public ScoreDrift driftOrNull() {
    return ScoreDrift.ofOrNull(trained, values, Arrays.stream(users).boxed().toList());
  }

  /** What the counted users are held against. */
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

  /** Writes the counts without {@link #trained}; equal counts write equal bytes. */
  public void write(DataOutput out) throws IOException {
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
