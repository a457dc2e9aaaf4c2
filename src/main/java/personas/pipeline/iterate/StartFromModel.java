package personas.pipeline.iterate;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.SerializedFile;
import personas.kmeans.Candidate;
import personas.kmeans.Chooser;
import personas.kmeans.SampleFindings;
import personas.model.SavedModel;
import personas.run.RunPlan;
import personas.run.state.InputTotals;
import personas.run.state.Manifest;
import personas.run.state.PassResult;
import personas.run.state.TrainingState;

/** Totals → the state of a saved model over these users: no pass is made before the last one. */
public final class StartFromModel extends DoFn<InputTotals, PassResult> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;

  public StartFromModel(RunPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element InputTotals totals, OutputReceiver<PassResult> out)
      throws IOException {
    SavedModel model = plan.models().scored();
    String manifestFile = plan.stagingFolder().sub("start").file(UUID.randomUUID() + ".manifest");
    SerializedFile.save(
        new Manifest(
            totals.files(), totals.ledgers(), totals.previousUsers(), model.standardizer(), "", ""),
        manifestFile);
    Candidate only =
        Candidate.start("saved model", model.centroids(), new SampleFindings(0, List.of(), 0));
    out.output(
        PassResult.start(new TrainingState(manifestFile, List.of(only), Chooser.only(only, true))));
  }
}
