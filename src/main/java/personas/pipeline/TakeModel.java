package personas.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import personas.data.DataRefusedException;
import personas.kmeans.LloydState;
import personas.model.SavedModel;

/** Totals → the state of a saved model over these users: no pass is made, only the last one. */
final class TakeModel extends DoFn<ReadTotals, Pass> {
  private static final long serialVersionUID = 1;

  private final Folder staging;
  private final SavedModel model;

  TakeModel(RunPlan plan) {
    staging = plan.stagingFolder();
    model = plan.scored();
  }

  @ProcessElement
  public void process(@Element ReadTotals totals, OutputReceiver<Pass> out) throws IOException {
    if (totals.ledger().accepted() == 0) {
      throw DataRefusedException.noUsers(totals.ledger());
    }
    String manifestFile = staging.file("manifest");
    Serialized.save(
        new Manifest(
            totals.shards(),
            totals.rejectedFiles(),
            totals.ledgers(),
            model.standardizer(),
            "",
            "saved model"),
        manifestFile);
    LloydState centroids = LloydState.start(model.centroids());
    out.output(Pass.start(new SegmentState(manifestFile, centroids)));
  }
}
