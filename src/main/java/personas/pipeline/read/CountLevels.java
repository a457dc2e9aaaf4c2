package personas.pipeline.read;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.feature.moments.LevelCounts;
import personas.pipeline.combine.MergeFn;
import personas.pipeline.combine.StagedValueCoder;
import personas.pipeline.combine.ValueCoder;
import personas.run.RunPlan;
import personas.run.shard.LevelCounter;
import personas.run.state.InputTotals;
import personas.run.state.ShardReference;

/**
 * Reads users and counts the values of their category columns. The users are read as in every other
 * job, so the same records are rejected. Each staged shard is counted separately.
 */
public final class CountLevels extends PTransform<PBegin, PCollection<LevelCounts>> {
  private static final long serialVersionUID = 1;

  static final Coder<LevelCounts> COUNTS_CODER =
      new ValueCoder<>(LevelCounts.class, LevelCounts::write, LevelCounts::read);

  private final RunPlan plan;

  /**
   * Creates the transform.
   *
   * @param plan a plan with a spec made by {@code SegmentationSpec.countingLevels}
   */
  public CountLevels(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<LevelCounts> expand(PBegin begin) {
    LevelCounter counter = new LevelCounter(plan.spec());
    int categories = plan.spec().levelsToCount().size();
    Coder<LevelCounts> coder =
        new StagedValueCoder<>(COUNTS_CODER, plan.stagingFolder().sub("levels"));
    return begin
        .apply("Read users", new ReadUsers(plan))
        .apply("List shards", ParDo.of(new ListShards()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(ShardReference.class)))
        .apply("Spread shards", GroupByKey.create())
        .apply("Count levels", ParDo.of(new CountShard(counter)))
        .setCoder(coder)
        .apply("Merge levels", Combine.globally(counts(categories, coder)).withoutDefaults());
  }

  static MergeFn<LevelCounts> counts(int categories, Coder<LevelCounts> coder) {
    return MergeFn.inPlace(() -> new LevelCounts(categories), LevelCounts::merge, coder);
  }

  /** Emits each staged shard; the key is the path of its file. */
  private static final class ListShards extends DoFn<InputTotals, KV<String, ShardReference>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(
        @Element InputTotals users, OutputReceiver<KV<String, ShardReference>> out) {
      users.files().shards().forEach(shard -> out.output(KV.of(shard.path(), shard)));
    }
  }

  /** Counts the levels in a staged shard. */
  private static final class CountShard
      extends DoFn<KV<String, Iterable<ShardReference>>, LevelCounts> {
    private static final long serialVersionUID = 1;

    private final LevelCounter counter;

    CountShard(LevelCounter counter) {
      this.counter = counter;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<ShardReference>> shard, OutputReceiver<LevelCounts> out)
        throws IOException {
      out.output(counter.count(shard.getValue().iterator().next()));
    }
  }
}
