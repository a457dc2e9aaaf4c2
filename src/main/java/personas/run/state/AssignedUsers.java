package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import personas.describe.DescribedUsers;
import personas.feature.moments.FeatureHistogram;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterTotals;
import personas.model.assignment.TypicalUsers;
import personas.model.compare.MigrationCounts;
import personas.model.score.HeldTotals;

/**
 * The totals and the staged files of the assigned users of some slots. Values can be merged in any
 * order.
 *
 * @param clusters the sums over the features of the users
 * @param described the figures of the described columns; null if no column is described
 * @param typical the typical users of each cluster; null for a score
 * @param changes the comparison with the personas of the previous run
 * @param files staged result files, sorted
 */
public record AssignedUsers(
    ClusterSums clusters,
    DescribedUsers described,
    TypicalUsers typical,
    PersonaChanges changes,
    List<String> files) {
  public AssignedUsers {
    Objects.requireNonNull(clusters, "clusters");
    Objects.requireNonNull(changes, "changes");
    files = List.copyOf(files);
  }

  /**
   * The sums over the features of the users.
   *
   * @param totals the totals of the clusters
   * @param separation the sums of the metrics of the clusters; null if the metrics are already
   *     known
   * @param counts the histograms of raw values; null for a score if the model has no histograms
   */
  public record ClusterSums(
      ClusterTotals totals, ClusterMetricSums separation, FeatureHistogram counts) {
    public ClusterSums {
      Objects.requireNonNull(totals, "totals");
    }

    private ClusterSums merge(ClusterSums other) {
      return new ClusterSums(
          merged(totals, other.totals, t -> new ClusterTotals(t.k(), t.d()), ClusterTotals::merge),
          merged(
              separation,
              other.separation,
              s -> new ClusterMetricSums(s.k()),
              ClusterMetricSums::merge),
          merged(counts, other.counts, FeatureHistogram::empty, FeatureHistogram::merge));
    }

    private void write(DataOutput out) throws IOException {
      totals.write(out);
      writeOptional(separation, ClusterMetricSums::write, out);
      writeOptional(counts, FeatureHistogram::write, out);
    }

    private static ClusterSums read(DataInput in) throws IOException {
      ClusterTotals totals = ClusterTotals.read(in);
      ClusterMetricSums separation = in.readBoolean() ? ClusterMetricSums.read(in) : null;
      return new ClusterSums(
          totals, separation, in.readBoolean() ? FeatureHistogram.read(in) : null);
    }
  }

  /**
   * The comparison with the personas of the previous run.
   *
   * @param migration the users by previous and current cluster; null without assignments of a
   *     previous run
   * @param heldTotals the users who are held in their previous persona; null if the run does not
   *     hold users
   */
  public record PersonaChanges(MigrationCounts migration, HeldTotals heldTotals) {

    private PersonaChanges merge(PersonaChanges other) {
      return new PersonaChanges(
          merged(migration, other.migration, MigrationCounts::empty, MigrationCounts::merge),
          merged(heldTotals, other.heldTotals, HeldTotals::empty, HeldTotals::merge));
    }

    private void write(DataOutput out) throws IOException {
      writeOptional(migration, MigrationCounts::write, out);
      writeOptional(heldTotals, HeldTotals::write, out);
    }

    private static PersonaChanges read(DataInput in) throws IOException {
      MigrationCounts migration = in.readBoolean() ? MigrationCounts.read(in) : null;
      return new PersonaChanges(migration, in.readBoolean() ? HeldTotals.read(in) : null);
    }
  }

  /** Returns the totals and files of both values; changes neither. */
  AssignedUsers merge(AssignedUsers other) {
    return new AssignedUsers(
        clusters.merge(other.clusters),
        merged(described, other.described, DescribedUsers::empty, DescribedUsers::merge),
        merged(typical, other.typical, TypicalUsers::empty, TypicalUsers::merge),
        changes.merge(other.changes),
        Stream.concat(files.stream(), other.files.stream()).sorted().toList());
  }

  /** Returns the sum of two parts as a new part; if one part is null, the other part. */
  private static <T> T merged(T left, T right, UnaryOperator<T> empty, BiConsumer<T, T> add) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    T sum = empty.apply(left);
    add.accept(sum, left);
    add.accept(sum, right);
    return sum;
  }

  /** Writes the users; equal values are written as equal bytes. */
  void write(DataOutput out) throws IOException {
    clusters.write(out);
    writeOptional(described, DescribedUsers::write, out);
    writeOptional(typical, TypicalUsers::write, out);
    changes.write(out);
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

  /** Reads users that {@link #write} wrote. */
  static AssignedUsers read(DataInput in) throws IOException {
    ClusterSums clusters = ClusterSums.read(in);
    DescribedUsers described = in.readBoolean() ? DescribedUsers.read(in) : null;
    TypicalUsers typical = in.readBoolean() ? TypicalUsers.read(in) : null;
    PersonaChanges changes = PersonaChanges.read(in);
    List<String> files = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      files.add(in.readUTF());
    }
    return new AssignedUsers(clusters, described, typical, changes, files);
  }
}
