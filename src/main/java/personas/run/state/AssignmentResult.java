package personas.run.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import personas.connector.storage.SerializedFile;
import personas.data.FeatureCounts;
import personas.kmeans.ClusterTotals;
import personas.kmeans.SeparationSums;
import personas.persona.MigrationCounts;

/**
 * What some slots assigned. Mergeable in any order.
 *
 * @param state handed on by one slot; null from the others
 * @param totals null while the state is not done
 * @param separation null while the state is not done, and if the clusters were not measured
 * @param counts null while the state is not done, and for a score
 * @param migration null while the state is not done, and without assignments of a previous run
 * @param files staged result files, sorted
 */
public record AssignmentResult(
    TrainingState state,
    ClusterTotals totals,
    SeparationSums separation,
    FeatureCounts counts,
    MigrationCounts migration,
    List<String> files) {

  /** The result of no slot. */
  public static final AssignmentResult NONE =
      new AssignmentResult(null, null, null, null, null, List.of());

  /** The result of a slot that had nothing to do yet. */
  public static AssignmentResult notYet(TrainingState state) {
    return new AssignmentResult(state, null, null, null, null, List.of());
  }

  /** What both assigned; changes neither. */
  public AssignmentResult merge(AssignmentResult other) {
    return new AssignmentResult(
        state != null ? state : other.state,
        mergeTotals(totals, other.totals),
        mergeSeparation(separation, other.separation),
        mergeCounts(counts, other.counts),
        mergeMigration(migration, other.migration),
        Stream.concat(files.stream(), other.files.stream()).sorted().toList());
  }

  private static ClusterTotals mergeTotals(ClusterTotals one, ClusterTotals two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    ClusterTotals merged = new ClusterTotals(one.k(), one.d());
    merged.merge(one);
    merged.merge(two);
    return merged;
  }

  private static SeparationSums mergeSeparation(SeparationSums one, SeparationSums two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    SeparationSums merged = new SeparationSums(one.k());
    merged.merge(one);
    merged.merge(two);
    return merged;
  }

  private static FeatureCounts mergeCounts(FeatureCounts one, FeatureCounts two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    FeatureCounts merged = one.empty();
    merged.merge(one);
    merged.merge(two);
    return merged;
  }

  private static MigrationCounts mergeMigration(MigrationCounts one, MigrationCounts two) {
    if (one == null || two == null) {
      return one == null ? two : one;
    }
    MigrationCounts merged = one.empty();
    merged.merge(one);
    merged.merge(two);
    return merged;
  }

  /** Writes the result; equal results write equal bytes. */
  public void write(DataOutput out) throws IOException {
    SerializedFile.write(state, out);
    out.writeBoolean(totals != null);
    if (totals != null) {
      totals.write(out);
    }
    out.writeBoolean(separation != null);
    if (separation != null) {
      separation.write(out);
    }
    out.writeBoolean(counts != null);
    if (counts != null) {
      counts.write(out);
    }
    out.writeBoolean(migration != null);
    if (migration != null) {
      migration.write(out);
    }
    out.writeInt(files.size());
    for (String file : files) {
      out.writeUTF(file);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static AssignmentResult read(DataInput in) throws IOException {
    TrainingState state = SerializedFile.read(in, TrainingState.class);
    ClusterTotals totals = in.readBoolean() ? ClusterTotals.read(in) : null;
    SeparationSums separation = in.readBoolean() ? SeparationSums.read(in) : null;
    FeatureCounts counts = in.readBoolean() ? FeatureCounts.read(in) : null;
    MigrationCounts migration = in.readBoolean() ? MigrationCounts.read(in) : null;
    List<String> files = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      files.add(in.readUTF());
    }
    return new AssignmentResult(state, totals, separation, counts, migration, files);
  }
}
