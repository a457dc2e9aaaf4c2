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
import personas.connector.storage.RefusalFile;
import personas.model.compare.LabelCounts;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.ValueCoder;
import personas.run.ComparedTable;
import personas.run.ComparisonPlan;
import personas.run.join.IdBlock;
import personas.run.join.IdPart;
import personas.run.join.LabelMatcher;

/**
 * Counts users by their labels in two tables. The first bits of the hashes of ids divide the users
 * into parts, and each part is joined separately, as in a run that continues from a previous run.
 */
public final class CompareUsers extends PTransform<PBegin, PCollection<LabelCounts>> {
  private static final long serialVersionUID = 1;

  static final Coder<LabelCounts> COUNTS_CODER =
      new ValueCoder<>(LabelCounts.class, LabelCounts::write, LabelCounts::read);

  /** Every seed gives the same counts, because a hash only selects the part of an id. */
  private static final long HASH_SEED = 0;

  private final ComparisonPlan plan;

  public CompareUsers(ComparisonPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<LabelCounts> expand(PBegin begin) {
    return PCollectionList.of(
            begin.apply("Earlier users", ids(IdBlock.Table.PREVIOUS_USERS, plan.earlier())))
        .and(begin.apply("Later users", ids(IdBlock.Table.USERS, plan.later())))
        .apply("Both tables", Flatten.pCollections())
        .apply("Group by hash", GroupByKey.create())
        .apply("Count users", ParDo.of(new CountUsers(plan)))
        .setCoder(COUNTS_CODER)
        .apply("Merge counts", Combine.globally(counts()));
  }

  private ReadIds ids(IdBlock.Table table, ComparedTable labels) {
    ReadIds.Partitioning partitioning =
        new ReadIds.Partitioning(plan.rangeBytes(), HASH_SEED, plan.idParts());
    return ReadIds.ofLabels(table, labels, plan.folders().stagingFolder(), partitioning);
  }

  /** Returns the function that sums up counts. Without users the counts are zero. */
  static MergeFn<LabelCounts> counts() {
    return new MergeFn<>(() -> LabelCounts.NONE, LabelCounts::with, COUNTS_CODER);
  }

  /** Counts the users of a part: the ids of both tables whose hashes begin with the same bits. */
  private static final class CountUsers extends DoFn<KV<Integer, Iterable<IdBlock>>, LabelCounts> {
    private static final long serialVersionUID = 1;

    private final LabelMatcher matcher;
    private final RefusalFile refusal;

    CountUsers(ComparisonPlan plan) {
      matcher = new LabelMatcher(plan);
      refusal = new RefusalFile(plan.folders().stagingFolder());
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<IdBlock>> part, OutputReceiver<LabelCounts> out)
        throws IOException {
      IdPart ids = IdPart.of(part.getValue());
      out.output(refusal.during(() -> matcher.count(ids)));
    }
  }
}
