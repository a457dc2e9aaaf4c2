package personas.pipeline.iterate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.feature.moments.HistogramBins;
import personas.feature.moments.Standardizer;
import personas.feature.shard.UserSample;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KChoice;
import personas.kmeans.selection.KSelector;
import personas.model.train.StartingPoint;
import personas.model.train.TakenCandidate;
import personas.run.RunPlan;
import personas.run.SampleSize;
import personas.run.SeedingProgress;
import personas.run.state.InputTotals;
import personas.run.state.Manifest;
import personas.run.state.PassResult;
import personas.run.state.StagedSample;
import personas.run.state.TrainingState;

/**
 * Emits the state before the first pass. If a person took another candidate of a finished run,
 * emits the state after the last pass of that candidate.
 */
public final class SeedCentroids extends DoFn<InputTotals, PassResult> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  public SeedCentroids(RunPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element InputTotals totals, OutputReceiver<PassResult> out)
      throws IOException {
    Standardizer standardizer = Standardizer.of(totals.moments(), plan.spec().schema());
    UserSample sample = totals.sample().load();
    Optional<TakenCandidate> takenCandidate = plan.models().takenCandidate();
    if (takenCandidate.isPresent()) {
      new RefusalFile(plan.stagingFolder())
          .during(() -> takenCandidate.get().requireRecords(totals.ledgers().recordDigest()));
    }
    List<Candidate> candidates =
        takenCandidate.isPresent()
            ? List.of(takenCandidate.get().candidate())
            : candidates(
                new StartingPoint(
                    plan.spec().clustering(), plan.models().previous(), standardizer, sample));
    UserSample reportSample = sample.first(SampleSize.of(plan.spec()).reportUsers());
    // Each attempt has its own folder, because another attempt may still read its files.
    Folder attemptFolder = plan.stagingFolder().sub("start").sub(UUID.randomUUID().toString());
    String bins = attemptFolder.file("bins");
    SerializedFile.save(HistogramBins.of(reportSample.rows(), plan.spec().features().size()), bins);
    Manifest manifest =
        new Manifest(
            totals.files(),
            totals.ledgers(),
            totals.previousUsers(),
            standardizer,
            new Manifest.TrainingFiles(StagedSample.of(reportSample).path(attemptFolder), bins));
    SerializedFile.save(manifest, attemptFolder.file("manifest"));
    KChoice choice =
        takenCandidate.isPresent() ? takenCandidate.get().choice() : choiceOrNull(candidates);
    out.output(
        PassResult.start(new TrainingState(attemptFolder.file("manifest"), candidates, choice)));
  }

  private List<Candidate> candidates(StartingPoint start) {
    SeedingProgress progress = new SeedingProgress(plan.stagingFolder(), start::clusterings);
    try {
      return start.candidates();
    } finally {
      progress.close();
    }
  }

  /** Returns the choice of the only candidate; null if a choice between candidates follows. */
  private KChoice choiceOrNull(List<Candidate> candidates) {
    return candidates.size() > 1
        ? null
        : KSelector.only(candidates.get(0), plan.spec().clustering().k().isFixed());
  }
}
