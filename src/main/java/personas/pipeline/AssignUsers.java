package personas.pipeline;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import personas.data.FeatureBins;
import personas.data.FeatureCounts;
import personas.data.Rejection;
import personas.data.ShardReference;
import personas.data.TableFormat;
import personas.kmeans.ClusterTotals;
import personas.kmeans.SeparationSums;
import personas.persona.MigrationCounts;
import personas.pipeline.ReadTotals.RejectedFile;
import personas.spec.ClusteringSpec;

/**
 * The final pass: the rows of assignments-*.csv and rejected-*.csv, staged, and the totals per
 * cluster. While the state is not done nothing is written and the state is passed on.
 */
final class AssignUsers extends PTransform<PCollection<Pass>, PCollection<AssignUsers.Assigned>> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  AssignUsers(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<Assigned> expand(PCollection<Pass> parts) {
    return assigned(parts).setCoder(Assigned.coder());
  }

  private PCollection<Assigned> assigned(PCollection<Pass> parts) {
    Assigning assigning = new Assigning(plan);
    if (plan.ownThreads()) {
      return parts.apply(
          "Assign users",
          MapElements.into(TypeDescriptor.of(Assigned.class)).via(new AssignAll(assigning)));
    }
    PCollectionView<Pass> last = parts.apply("Merge sums", Pass.merged());
    return parts
        .getPipeline()
        .apply("Slots", SideBySide.slots(plan))
        .apply("Assign slot", ParDo.of(new AssignSlot(last, assigning)).withSideInputs(last))
        .setCoder(Assigned.coder())
        .apply("Merge totals", Combine.globally(new MergeAssigned()).withoutDefaults());
  }

  /**
   * What some slots assigned.
   *
   * @param state handed on by one slot; null from the others
   * @param totals null while the state is not done
   * @param separation null while the state is not done, and where the clusters were not measured
   * @param counts null while the state is not done, and of a score
   * @param migration null likewise, and without assignments of a run before
   * @param files staged result files
   */
  record Assigned(
      SegmentState state,
      ClusterTotals totals,
      SeparationSums separation,
      FeatureCounts counts,
      MigrationCounts migration,
      List<String> files) {
    /** Of a slot that had nothing to do yet. */
    static Assigned notYet(SegmentState state) {
      return new Assigned(state, null, null, null, null, List.of());
    }

    static Coder<Assigned> coder() {
      return new ValueCoder<>(Assigned::write, Assigned::read);
    }

    private static void write(Assigned assigned, DataOutput out) throws IOException {
      Serialized.write(assigned.state, out);
      out.writeBoolean(assigned.totals != null);
      if (assigned.totals != null) {
        assigned.totals.write(out);
      }
      out.writeBoolean(assigned.separation != null);
      if (assigned.separation != null) {
        assigned.separation.write(out);
      }
      out.writeBoolean(assigned.counts != null);
      if (assigned.counts != null) {
        assigned.counts.write(out);
      }
      out.writeBoolean(assigned.migration != null);
      if (assigned.migration != null) {
        assigned.migration.write(out);
      }
      out.writeInt(assigned.files.size());
      for (String file : assigned.files) {
        out.writeUTF(file);
      }
    }

    private static Assigned read(DataInput in) throws IOException {
      SegmentState state = Serialized.read(in, SegmentState.class);
      ClusterTotals totals = in.readBoolean() ? ClusterTotals.read(in) : null;
      SeparationSums separation = in.readBoolean() ? SeparationSums.read(in) : null;
      FeatureCounts counts = in.readBoolean() ? FeatureCounts.read(in) : null;
      MigrationCounts migration = in.readBoolean() ? MigrationCounts.read(in) : null;
      List<String> files = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        files.add(in.readUTF());
      }
      return new Assigned(state, totals, separation, counts, migration, files);
    }

    private static Assigned mergeAll(Iterable<Assigned> parts) {
      SegmentState state = null;
      ClusterTotals totals = null;
      SeparationSums separation = null;
      FeatureCounts counts = null;
      MigrationCounts migration = null;
      List<String> files = new ArrayList<>();
      for (Assigned part : parts) {
        state = part.state != null ? part.state : state;
        if (part.totals != null) {
          totals = totals == null ? new ClusterTotals(part.totals.k(), part.totals.d()) : totals;
          totals.merge(part.totals);
        }
        if (part.separation != null) {
          separation = separation == null ? new SeparationSums(part.separation.k()) : separation;
          separation.merge(part.separation);
        }
        counts = merge(counts, part.counts);
        migration = merge(migration, part.migration);
        files.addAll(part.files);
      }
      return new Assigned(
          state, totals, separation, counts, migration, files.stream().sorted().toList());
    }
  }

  /** Into a fresh one: an engine may still hold the parts. */
  private static FeatureCounts merge(FeatureCounts merged, FeatureCounts part) {
    if (part == null) {
      return merged;
    }
    FeatureCounts sum = merged == null ? part.empty() : merged;
    sum.merge(part);
    return sum;
  }

  private static MigrationCounts merge(MigrationCounts merged, MigrationCounts part) {
    if (part == null) {
      return merged;
    }
    MigrationCounts sum = merged == null ? part.empty() : merged;
    sum.merge(part);
    return sum;
  }

  private static final class MergeAssigned
      implements SerializableFunction<Iterable<Assigned>, Assigned> {
    private static final long serialVersionUID = 1;

    @Override
    public Assigned apply(Iterable<Assigned> parts) {
      return Assigned.mergeAll(parts);
    }
  }

  private static final class AssignSlot extends DoFn<Integer, Assigned> {
    private static final long serialVersionUID = 1;

    private final PCollectionView<Pass> last;
    private final Assigning assigning;

    AssignSlot(PCollectionView<Pass> last, Assigning assigning) {
      this.last = last;
      this.assigning = assigning;
    }

    @ProcessElement
    public void process(@Element Integer slot, ProcessContext context) throws IOException {
      Pass state = context.sideInput(last);
      new RefusalFile(assigning.plan.staging())
          .during(() -> assigning.assign(state, List.of(slot)).forEach(context::output));
    }
  }

  private record AssignAll(Assigning assigning) implements ProcessFunction<Pass, Assigned> {
    @Override
    public Assigned apply(Pass last) throws IOException {
      return Assigned.mergeAll(assigning.assign(last, SideBySide.all(assigning.slots)));
    }
  }

  /** What the last pass does with some slots. */
  private static final class Assigning implements Serializable {
    private static final long serialVersionUID = 1;

    private final Counter assignedUsers = Metrics.counter("personas", "users_assigned");
    private final ClusteringSpec clustering;
    private final int slots;
    private final boolean singleJob;
    private final RunPlan plan;
    private final List<String> passThrough;
    private final AssignmentTable table;
    private final Folder folder;
    private final Folder staging;

    Assigning(RunPlan plan) {
      this.clustering = plan.spec().clustering();
      this.slots = plan.slots();
      this.singleJob = plan.singleJob();
      this.plan = plan;
      this.passThrough = plan.spec().input().passThrough();
      this.table = AssignmentTable.of(plan);
      this.staging = plan.stagingFolder();
      this.folder = plan.publishFolder().sub("tries");
    }

    /** A part for each slot. */
    List<Assigned> assign(Pass pass, List<Integer> taken) throws IOException {
      SegmentState state = pass.next(clustering);
      boolean first = taken.contains(0);
      if (first && state.lloyd().iterations() > pass.state().lloyd().iterations()) {
        ProgressMarks.pass(staging, state.lloyd());
      }
      if (!state.isDone() && !singleJob && plan.scored() == null) {
        return taken.stream().map(slot -> Assigned.notYet(slot == 0 ? state : null)).toList();
      }
      SegmentState ended = state.isDone() ? state : state.ended(clustering);
      Segments segments = Segments.of(ended, plan);
      FeatureBins bins =
          plan.scored() == null
              ? Serialized.load(SeedCentroids.binsFile(staging), FeatureBins.class)
              : null;
      return SideBySide.map(taken, slot -> assign(ended, slot, segments, bins));
    }

    /**
     * @param bins null of a score
     */
    private Assigned assign(SegmentState state, int slot, Segments segments, FeatureBins bins)
        throws IOException {
      SegmentState carried = slot == 0 ? state : null;
      List<String> files = new ArrayList<>();
      FeatureCounts counts = bins == null ? null : new FeatureCounts(bins);
      MigrationColumns migration =
          plan.previousAssignments() == null
              ? null
              : new MigrationColumns(plan, plan.spec().schema(), segments.ids());
      AssignmentWriter writer =
          new AssignmentWriter(
              segments, state.manifest().standardizer(), state.lloyd().spread(), counts, migration);
      assign(writer, state, slot, files);
      copyRejected(state, slot, files);
      ClusterTotals totals = writer.totals();
      assignedUsers.inc(totals.users());
      ProgressMarks.assigned(staging, totals.users());
      return new Assigned(
          carried,
          totals,
          writer.separation(),
          counts,
          migration == null ? null : migration.counts(),
          files);
    }

    private void assign(AssignmentWriter writer, SegmentState state, int slot, List<String> files)
        throws IOException {
      List<ShardReference> shards = state.manifest().shardsOf(slot, slots);
      if (!shards.isEmpty()) {
        String file = tryFile("assignments", slot, table.format());
        try (OutputStream out = table.create(file)) {
          if (table.format() == TableFormat.CSV) {
            writer.header(passThrough, out);
          }
          for (ShardReference shard : shards) {
            writer.write(shard, out);
          }
        }
        files.add(file);
      }
    }

    private void copyRejected(SegmentState state, int slot, List<String> files) throws IOException {
      List<RejectedFile> staged = state.manifest().rejectedFilesOf(slot, slots);
      if (staged.isEmpty() && slot > 0) {
        return;
      }
      // The first slot always writes one, so that the pattern rejected-*.csv always finds a file.
      String file = tryFile("rejected", slot, TableFormat.CSV);
      try (OutputStream out = Folder.create(file)) {
        out.write((Rejection.CSV_HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        for (RejectedFile each : staged) {
          try (InputStream in = Folder.open(each.path())) {
            in.transferTo(out);
          }
        }
      }
      files.add(file);
    }

    /** A folder of its own for each try, so that a bundle that is tried again disturbs nothing. */
    private String tryFile(String kind, int slot, TableFormat format) {
      return folder
          .sub(UUID.randomUUID().toString())
          .file(String.format(Locale.ROOT, "%s-%05d%s", kind, slot, format.ending()));
    }
  }
}
