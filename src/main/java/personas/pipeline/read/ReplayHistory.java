package personas.pipeline.read;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.RefusalFile;
import personas.model.compare.FlipBacks;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.ValueCoder;
import personas.run.history.HistoryPlan;
import personas.run.history.HistoryReplay;
import personas.run.join.IdBlock;
import personas.run.join.IdPart;

/**
 * Counts how often the users of earlier runs would return to a previous persona under each margin.
 * The first bits of the hashes of ids divide the users into parts, and each part is joined
 * separately.
 */
public final class ReplayHistory extends PTransform<PBegin, PCollection<FlipBacks>> {
  private static final long serialVersionUID = 1;

  static final Coder<FlipBacks> COUNTS_CODER =
      new ValueCoder<>(FlipBacks.class, FlipBacks::write, FlipBacks::read);

  private final HistoryPlan plan;

  public ReplayHistory(HistoryPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<FlipBacks> expand(PBegin begin) {
    return begin
        .apply("Earlier users", ReadIds.ofHistory(plan))
        .apply("Group by hash", GroupByKey.create())
        .apply("Replay users", ParDo.of(new ReplayUsers(plan)))
        .setCoder(COUNTS_CODER)
        .apply("Merge counts", Combine.globally(counts()));
  }

  /** Returns the function that sums up counts. Without users the counts are zero. */
  static MergeFn<FlipBacks> counts() {
    return MergeFn.inPlace(FlipBacks::new, FlipBacks::merge, COUNTS_CODER);
  }

  /** Counts the users of a part: the ids of all runs whose hashes begin with the same bits. */
  private static final class ReplayUsers extends DoFn<KV<Integer, Iterable<IdBlock>>, FlipBacks> {
    private static final long serialVersionUID = 1;

    private final HistoryReplay replay;
    private final RefusalFile refusal;

    ReplayUsers(HistoryPlan plan) {
      replay = new HistoryReplay(plan);
      refusal = new RefusalFile(plan.folders().stagingFolder());
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<IdBlock>> part, OutputReceiver<FlipBacks> out)
        throws IOException {
      IdPart ids = IdPart.of(part.getValue());
      out.output(refusal.during(() -> replay.count(ids.users())));
    }
  }
}
