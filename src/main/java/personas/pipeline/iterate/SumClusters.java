package personas.pipeline.iterate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import personas.connector.storage.Folder;
import personas.kmeans.selection.CandidateSums;
import personas.run.ProgressFiles;
import personas.run.RunPlan;
import personas.run.resume.SavedStates;
import personas.run.shard.PassCosts;
import personas.run.shard.SlotSums;
import personas.run.state.PassResult;
import personas.run.state.ShardReference;
import personas.run.state.TrainingState;
import personas.spec.ClusteringSpec;

/**
 * Sums up the users of a slot for each candidate. If no further pass is needed, no shard is read.
 */
final class SumClusters extends DoFn<KV<Integer, Iterable<Void>>, PassResult> {
  private static final long serialVersionUID = 1;

  /** The number of slots that this process is summing up. */
  private static final AtomicInteger SLOTS_AT_WORK = new AtomicInteger();

  private final Distribution slotsAtWork = Metrics.distribution("personas", "slots_at_work");
  private final Counter passes = Metrics.counter("personas", "full_passes");
  private final Counter cacheHits = Metrics.counter("personas", "shard_cache_hits");
  private final Counter loadedShards = Metrics.counter("personas", "shards_loaded");
  private final Counter distances = Metrics.counter("personas", "distances_computed");
  private final Counter userCentroidPairs =
      Metrics.counter("personas", "pairs_of_point_and_centroid");
  private final PCollectionView<PassResult> previousPass;
  private final ClusteringSpec clustering;
  private final Folder staging;
  private final int slots;
  private final boolean savesStates;

  SumClusters(PCollectionView<PassResult> previousPass, RunPlan plan) {
    this.previousPass = previousPass;
    this.clustering = plan.spec().clustering();
    this.staging = plan.stagingFolder();
    this.slots = plan.tuning().slots();
    this.savesStates = plan.canBeContinued();
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<Void>> task, ProcessContext context)
      throws IOException {
    int slot = task.getKey();
    PassResult pass = context.sideInput(previousPass);
    TrainingState state = pass.next(clustering);
    Optional<TrainingState> carried = Optional.empty();
    if (slot == 0) {
      // One slot passes the state on, reports the progress, and saves the state.
      carried = Optional.of(state);
      ProgressFiles.markPass(staging, pass.state().lloyd(), state.lloyd());
      if (savesStates) {
        SavedStates.save(staging, pass.state(), state);
      }
      passes.inc(state.isDone() ? 0 : 1);
    }
    context.output(new PassResult(carried, state.isDone() ? List.of() : countedSums(state, slot)));
  }

  /** Returns the sums of a slot, and counts the slot as at work until the sums are complete. */
  private List<CandidateSums> countedSums(TrainingState state, int slot) throws IOException {
    slotsAtWork.update(SLOTS_AT_WORK.incrementAndGet());
    try {
      return sums(state, slot);
    } finally {
      SLOTS_AT_WORK.decrementAndGet();
    }
  }

  private List<CandidateSums> sums(TrainingState state, int slot) throws IOException {
    List<ShardReference> shards = state.manifest().shardsOf(slot, slots);
    return SlotSums.of(state, shards, clustering.k().candidates(), new PassCounters());
  }

  private final class PassCounters implements PassCosts {
    @Override
    public void addLookup(boolean fromMemory) {
      (fromMemory ? cacheHits : loadedShards).inc();
    }

    @Override
    public void addDistances(long computed, long pairsOfPass) {
      distances.inc(computed);
      userCentroidPairs.inc(pairsOfPass);
    }
  }
}
