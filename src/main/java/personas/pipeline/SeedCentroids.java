package personas.pipeline;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import personas.data.DataRefusedException;
import personas.data.SourceLedger;
import personas.data.Standardizer;
import personas.data.UserSample;
import personas.kmeans.LloydState;
import personas.kmeans.Seeding;
import personas.spec.ClusteringSpec;
import personas.spec.SegmentationSpec;

/** Totals → the state before the first pass. */
final class SeedCentroids extends DoFn<ReadTotals, SegmentState> {
  private static final long serialVersionUID = 1;

  private final SegmentationSpec spec;
  private final Folder staging;

  SeedCentroids(RunPlan plan) {
    spec = plan.spec();
    staging = plan.stagingFolder();
  }

  @ProcessElement
  public void process(@Element ReadTotals totals, OutputReceiver<SegmentState> out)
      throws IOException {
    SourceLedger ledger = totals.ledger();
    if (ledger.accepted() == 0) {
      throw DataRefusedException.noUsers(ledger);
    }
    Standardizer standardizer = Standardizer.of(totals.moments(), spec.schema());
    UserSample sample = merge(totals.sampleFiles());
    String sampleFile = staging.file("sample");
    try (DataOutputStream data = new DataOutputStream(Folder.create(sampleFile))) {
      sample.write(data);
    }
    ClusteringSpec clustering = spec.clustering();
    Seeding.Start start =
        new Seeding(standardizer.standardizeRows(sample.rows()), sample.size())
            .best(clustering.k(), clustering.seed(), clustering.restarts());
    String manifestFile = staging.file("manifest");
    Serialized.save(
        new Manifest(
            totals.shards(), totals.rejectedFiles(), totals.ledgers(), standardizer, sampleFile),
        manifestFile);
    out.output(new SegmentState(manifestFile, LloydState.start(start.centroids())));
  }

  private UserSample merge(List<String> files) throws IOException {
    UserSample sample = new UserSample(SampleSize.of(spec), spec.features().size());
    for (String file : files) {
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Folder.open(file), 1 << 16))) {
        sample.mergeFrom(in);
      }
    }
    return sample;
  }
}
