package personas.pipeline;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.ProcessFunction;
import personas.data.DataRefusedException;
import personas.kmeans.Candidate;
import personas.kmeans.Chooser;
import personas.kmeans.SampleFindings;
import personas.model.SavedModel;

/** Totals → the state of a saved model over these users: no pass is made, only the last one. */
final class TakeModel implements ProcessFunction<ReadTotals, Pass> {
  private static final long serialVersionUID = 1;

  private final Folder staging;
  private final SavedModel model;

  TakeModel(RunPlan plan) {
    staging = plan.stagingFolder();
    model = plan.scored();
  }

  @Override
  public Pass apply(ReadTotals totals) throws IOException {
    return new RefusalFile(staging.path()).during(() -> state(totals));
  }

  private Pass state(ReadTotals totals) throws IOException {
    if (totals.ledger().accepted() == 0) {
      throw DataRefusedException.noUsers(totals.ledger());
    }
    String manifestFile = staging.file("manifest");
    Serialized.save(
        new Manifest(
            totals.shards(),
            totals.rejectedFiles(),
            totals.examples(),
            totals.ledgers(),
            model.standardizer(),
            ""),
        manifestFile);
    Candidate only =
        Candidate.start("saved model", model.centroids(), new SampleFindings(0, List.of(), 0));
    return Pass.start(new SegmentState(manifestFile, List.of(only), Chooser.only(only, true)));
  }
}
