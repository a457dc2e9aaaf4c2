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
 * The assignments of earlier runs → how often their users flip back under each margin. The ids are
 * joined as in a comparison of two tables: by the first bits of their hashes.
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

  /** Sums up the counts; no user at all gives counts of zero. */
  static MergeFn<FlipBacks> counts() {
    return MergeFn.inPlace(FlipBacks::new, FlipBacks::merge, COUNTS_CODER);
  }

  /** All ids of all runs whose hashes begin with the same bits → the counts of their users. */
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
