package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import personas.connector.storage.SerializedFile;
import personas.describe.DescribedUsers;
import personas.feature.moments.FeatureHistogram;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterTotals;
import personas.model.assignment.TypicalUsers;
import personas.model.compare.MigrationCounts;
import personas.model.score.HeldTotals;

/**
 * The result of assigning the users of some slots. Results can be merged in any order. All parts
 * except {@code state} are null or empty until the iteration is done.
 *
 * @param state the state of the run, from the first slot; null from the other slots
 * @param totals the totals of the clusters
 * @param separation the sums of the metrics of the clusters; null if the metrics are already known
 * @param counts the histograms of raw values; null for a score if the model has no histograms
 * @param migration the users by previous and current cluster; null without assignments of a
 *     previous run
 * @param described the figures of the described columns; null if no column is described
 * @param typical the typical users of each cluster; null for a score and if users have no ids
 * @param held the users who are held in their previous persona; null if no user is held
 * @param files staged result files, sorted
 */
public record AssignmentResult(
    TrainingState state,
    ClusterTotals totals,
    ClusterMetricSums separation,
    FeatureHistogram counts,
    MigrationCounts migration,
    DescribedUsers described,
    TypicalUsers typical,
    HeldTotals held,
    List<String> files) {

  /** The result of no slot. */
  public static final AssignmentResult NONE =
      new AssignmentResult(null, null, null, null, null, null, null, null, List.of());

  /** Returns the result of a slot before the iteration is done. */
  public static AssignmentResult notYet(TrainingState state) {
    return new AssignmentResult(state, null, null, null, null, null, null, null, List.of());
  }

  /** Returns the result of the slots of both; changes neither. */
  public AssignmentResult merge(AssignmentResult other) {
    return new AssignmentResult(
        state != null ? state : other.state,
        merge(totals, other.totals, t -> new ClusterTotals(t.k(), t.d()), ClusterTotals::merge),
        merge(
            separation,
            other.separation,
            s -> new ClusterMetricSums(s.k()),
            ClusterMetricSums::merge),
        merge(counts, other.counts, FeatureHistogram::empty, FeatureHistogram::merge),
        merge(migration, other.migration, MigrationCounts::empty, MigrationCounts::merge),
        merge(described, other.described, DescribedUsers::empty, DescribedUsers::merge),
        merge(typical, other.typical, TypicalUsers::empty, TypicalUsers::merge),
        merge(held, other.held, HeldTotals::empty, HeldTotals::merge),
        Stream.concat(files.stream(), other.files.stream()).sorted().toList());
  }

  /** Returns the sum of both as a new value; if one is null, the other one. */
  private static <T> T merge(T left, T right, UnaryOperator<T> empty, BiConsumer<T, T> add) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    T merged = empty.apply(left);
    add.accept(merged, left);
    add.accept(merged, right);
    return merged;
  }

  /** Writes the result; equal results write equal bytes. */
  public void write(DataOutput out) throws IOException {
    SerializedFile.write(state, out);
    writeOptional(totals, ClusterTotals::write, out);
    writeOptional(separation, ClusterMetricSums::write, out);
    writeOptional(counts, FeatureHistogram::write, out);
    writeOptional(migration, MigrationCounts::write, out);
    writeOptional(described, DescribedUsers::write, out);
    writeOptional(typical, TypicalUsers::write, out);
    writeOptional(held, HeldTotals::write, out);
    out.writeInt(files.size());
    for (String file : files) {
      out.writeUTF(file);
    }
  }

  /** Writes a part. */
  private interface PartWriter<T> {
    void write(T part, DataOutput out) throws IOException;
  }

  private static <T> void writeOptional(T part, PartWriter<T> writer, DataOutput out)
      throws IOException {
    out.writeBoolean(part != null);
    if (part != null) {
      writer.write(part, out);
    }
  }

  /** Reads a result that {@link #write} wrote. */
  public static AssignmentResult read(DataInput in) throws IOException {
    TrainingState state = SerializedFile.read(in, TrainingState.class);
    ClusterTotals totals = in.readBoolean() ? ClusterTotals.read(in) : null;
    ClusterMetricSums separation = in.readBoolean() ? ClusterMetricSums.read(in) : null;
    FeatureHistogram counts = in.readBoolean() ? FeatureHistogram.read(in) : null;
    MigrationCounts migration = in.readBoolean() ? MigrationCounts.read(in) : null;
    DescribedUsers described = in.readBoolean() ? DescribedUsers.read(in) : null;
    TypicalUsers typical = in.readBoolean() ? TypicalUsers.read(in) : null;
    HeldTotals held = in.readBoolean() ? HeldTotals.read(in) : null;
    List<String> files = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      files.add(in.readUTF());
    }
    return new AssignmentResult(
        state, totals, separation, counts, migration, described, typical, held, files);
  }
}
