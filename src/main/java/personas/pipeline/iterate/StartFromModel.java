package personas.pipeline.iterate;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.SerializedFile;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.SampleDiagnostics;
import personas.model.score.ScoringModel;
import personas.run.RunPlan;
import personas.run.state.InputTotals;
import personas.run.state.Manifest;
import personas.run.state.PassResult;
import personas.run.state.TrainingState;

/**
 * Emits the state of a saved model for the users of the input. The state is final, so only the
 * final pass follows.
 */
public final class StartFromModel extends DoFn<InputTotals, PassResult> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  public StartFromModel(RunPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element InputTotals totals, OutputReceiver<PassResult> out)
      throws IOException {
    ScoringModel model = plan.models().scoringModel();
    String manifestFile = plan.stagingFolder().sub("start").file(UUID.randomUUID() + ".manifest");
    SerializedFile.save(
        new Manifest(
            totals.files(),
            totals.ledgers(),
            totals.previousUsers(),
            model.standardizer(),
            Manifest.TrainingFiles.NONE),
        manifestFile);
    Candidate only =
        Candidate.start("saved model", model.centroids(), new SampleDiagnostics(0, List.of(), 0));
    out.output(
        PassResult.start(
            new TrainingState(manifestFile, List.of(only), KSelector.only(only, true))));
  }
}
