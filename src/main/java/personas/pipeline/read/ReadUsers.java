package personas.pipeline.read;

import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import personas.connector.Connectors;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.RefusalFile;
import personas.run.RunPlan;
import personas.run.join.IdBlock;
import personas.run.shard.StageUsers;
import personas.run.state.InputTotals;
import personas.run.state.RangeResult;
import personas.run.state.StagedPiece;
import personas.spec.InputSpec;
import personas.table.RangeKey;
import personas.table.read.FileRange;

/**
 * Reads users and returns totals. Rows are staged as columnar shards outside of Beam. After that,
 * the elements of the job are ranges, pieces of staged files and mergeable totals.
 */
public final class ReadUsers extends PTransform<PBegin, PCollection<InputTotals>> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  public ReadUsers(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<InputTotals> expand(PBegin begin) {
    PCollection<KV<RangeKey, StagedPiece>> users =
        userRanges(begin.apply("Input", Create.of(plan.input()).withCoder(StringUtf8Coder.of())))
            .apply(
                "Stage users",
                new StageRanges(new StageUsers(plan), plan.stagingFolder(), refusal()));
    PCollection<InputTotals> totals =
        withIdMatches(users)
            .apply("Group by range", GroupByKey.create())
            .apply("Finish range", ParDo.of(new FinishRange(plan)))
            .setCoder(SerializableCoder.of(RangeResult.class))
            .apply("Merge input", new MergeInput(plan))
            .apply("Check records", ParDo.of(new CheckRecords(plan.spec(), refusal())));
    return plan.spec().input().aggregate() == null
        ? totals
        : totals.apply("Add rejected events", ParDo.of(new AddRejectedEvents(plan)));
  }

  private RefusalFile refusal() {
    return new RefusalFile(plan.stagingFolder());
  }

  private PCollection<FileRange> userRanges(PCollection<String> source) {
    PCollection<FileRange> ranges = ranges(source);
    return plan.spec().input().aggregate() == null
        ? ranges
        : ranges.apply("Aggregate events", new AggregateEvents(plan));
  }

  private PCollection<FileRange> ranges(PCollection<String> source) {
    InputSpec input = plan.spec().input();
    return Connectors.source(input)
        .stage(
            source,
            new StagingRequest(
                plan.spec().inputSchema(),
                input.format(),
                plan.tuning().rangeBytes(),
                plan.stagingFolder().sub("query"),
                refusal()));
  }

  /** Adds the matches of ids to the results of the ranges, if users have ids. */
  private PCollection<KV<RangeKey, StagedPiece>> withIdMatches(
      PCollection<KV<RangeKey, StagedPiece>> users) {
    if (plan.spec().input().id() == null) {
      return users;
    }
    PCollection<KV<Integer, IdBlock>> ids =
        users.apply("Key ids", new KeyIds(IdBlock.Table.USERS, plan.tuning().idParts(), refusal()));
    if (plan.looksUpPreviousUsers()) {
      ids =
          PCollectionList.of(ids)
              .and(users.getPipeline().apply("Previous users", previousUsers()))
              .apply("Both runs", Flatten.pCollections());
    }
    PCollection<KV<RangeKey, StagedPiece>> matches =
        ids.apply("Group by hash", GroupByKey.create())
            .apply("Match ids", ParDo.of(new MatchIds(plan)))
            .setCoder(KvCoder.of(StageRanges.KEY_CODER, StageRanges.PIECE_CODER));
    return PCollectionList.of(users)
        .and(matches)
        .apply("Ranges and matches", Flatten.pCollections());
  }

  private ReadIds previousUsers() {
    return ReadIds.ofPreviousRun(
        plan.models().previousRun().assignments(),
        plan.models().previous().model(),
        plan.stagingFolder(),
        new ReadIds.Partitioning(
            plan.tuning().rangeBytes(), plan.spec().clustering().seed(), plan.tuning().idParts()));
  }
}
