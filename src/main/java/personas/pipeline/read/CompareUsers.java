package personas.pipeline.read;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import personas.model.compare.MigrationCounts;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.ValueCoder;
import personas.run.ComparisonPlan;
import personas.run.shard.IdMatcher;
import personas.run.state.IdBlock;
import personas.run.state.IdPart;

/**
 * The assignments of two finished runs → how many users are in which clusters of both. The join is
 * that of a run with its previous run: by the first bits of the hashes of the ids.
 */
public final class CompareUsers extends PTransform<PBegin, PCollection<MigrationCounts>> {
  private static final long serialVersionUID = 1;

  static final Coder<MigrationCounts> COUNTS_CODER =
      new ValueCoder<>(MigrationCounts.class, MigrationCounts::write, MigrationCounts::read);

  /** Any seed will do, because a hash only says which part an id is in. */
  private static final long HASH_SEED = 0;

  private final ComparisonPlan plan;
  private final int earlierClusters;
  private final int laterClusters;

  public CompareUsers(ComparisonPlan plan) {
    this.plan = plan;
    earlierClusters = plan.earlier().clusters().size();
    laterClusters = plan.later().clusters().size();
  }

  @Override
  public PCollection<MigrationCounts> expand(PBegin begin) {
    ReadAssignments.Cuts cuts =
        new ReadAssignments.Cuts(plan.rangeBytes(), HASH_SEED, plan.idParts());
    PCollection<KV<Integer, IdBlock>> earlier =
        begin.apply(
            "Earlier users",
            new ReadAssignments(
                IdBlock.Table.PREVIOUS_USERS,
                plan.earlierAssignments(),
                plan.earlier(),
                plan.folders().stagingFolder(),
                cuts));
    PCollection<KV<Integer, IdBlock>> later =
        begin.apply(
            "Later users",
            new ReadAssignments(
                IdBlock.Table.USERS,
                plan.laterAssignments(),
                plan.later(),
                plan.folders().stagingFolder(),
                cuts));
    return PCollectionList.of(earlier)
        .and(later)
        .apply("Both runs", Flatten.pCollections())
        .apply("Group by hash", GroupByKey.create())
        .apply(
            "Count users", ParDo.of(new CountUsers(plan.idParts(), earlierClusters, laterClusters)))
        .setCoder(COUNTS_CODER)
        .apply("Merge counts", Combine.globally(counts(earlierClusters, laterClusters)));
  }

  /** Sums up the counts; no user at all gives counts of zero. */
  static MergeFn<MigrationCounts> counts(int earlierClusters, int laterClusters) {
    return MergeFn.inPlace(
        () -> new MigrationCounts(new long[earlierClusters], laterClusters),
        MigrationCounts::mergeOtherUsers,
        COUNTS_CODER);
  }

  /** All ids of both runs whose hashes begin with the same bits → the counts of their users. */
  private static final class CountUsers
      extends DoFn<KV<Integer, Iterable<IdBlock>>, MigrationCounts> {
    private static final long serialVersionUID = 1;

    private final int parts;
    private final int earlierClusters;
    private final int laterClusters;

    CountUsers(int parts, int earlierClusters, int laterClusters) {
      this.parts = parts;
      this.earlierClusters = earlierClusters;
      this.laterClusters = laterClusters;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<IdBlock>> part, OutputReceiver<MigrationCounts> out)
        throws IOException {
      IdPart blocks = IdPart.of(part.getValue());
      out.output(
          new IdMatcher(parts, earlierClusters)
              .migration(blocks.previousUsers(), blocks.users(), laterClusters));
    }
  }
}
