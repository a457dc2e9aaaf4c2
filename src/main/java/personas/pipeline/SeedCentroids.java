package personas.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.ProcessFunction;
import personas.data.FeatureBins;
import personas.data.Shard;
import personas.data.ShardReference;
import personas.data.Standardizer;
import personas.data.UserSample;
import personas.kmeans.Candidate;
import personas.kmeans.Centroids;
import personas.kmeans.Choice;
import personas.kmeans.Chooser;
import personas.kmeans.Seeding;
import personas.model.PreviousModel;
import personas.spec.ClusteringSpec;
import personas.spec.SegmentationSpec;

/** Totals → the state before the first pass. */
final class SeedCentroids implements ProcessFunction<ReadTotals, Pass> {
  private static final long serialVersionUID = 1;

  private final SegmentationSpec spec;
  private final Folder staging;
  private final PreviousModel previous;

  SeedCentroids(RunPlan plan) {
    spec = plan.spec();
    staging = plan.stagingFolder();
    previous = plan.previous();
  }

  @Override
  public Pass apply(ReadTotals totals) throws IOException {
    Standardizer standardizer = Standardizer.of(totals.moments(), spec.schema());
    UserSample sample = merge(totals.sampleFiles());
    if (!sample.isWhole()) {
      sample = sample(totals.shards());
    }
    UserSample ofReport = sample.first(SampleSize.of(spec).ofReport());
    String sampleFile = staging.file("sample");
    try (DataOutputStream data = new DataOutputStream(Folder.create(sampleFile))) {
      ofReport.write(data);
    }
    Seeding seeding = new Seeding(standardizer.standardizeRows(sample.rows()), sample.size());
    Serialized.save(FeatureBins.of(ofReport.rows(), spec.features().size()), binsFile(staging));
    List<Candidate> candidates = candidates(seeding, standardizer);
    String manifestFile = staging.file("manifest");
    Serialized.save(
        new Manifest(
            totals.shards(),
            totals.rejectedFiles(),
            totals.examples(),
            totals.ledgers(),
            standardizer,
            sampleFile),
        manifestFile);
    Choice given =
        candidates.size() > 1
            ? null
            : Chooser.only(candidates.get(0), spec.clustering().k().isFixed());
    return Pass.start(new SegmentState(manifestFile, candidates, given));
  }

  /** One a k; fewer where the sample has fewer distinct users. */
  private List<Candidate> candidates(Seeding seeding, Standardizer standardizer) {
    // Each candidate is found by itself, so threads change nothing but the time.
    SortedMap<Integer, Candidate> byK = new TreeMap<>();
    spec.clustering().k().candidates().parallelStream()
        .map(k -> candidate(k, seeding, standardizer))
        .forEachOrdered(each -> byK.putIfAbsent(each.k(), each));
    return List.copyOf(byK.values());
  }

  private Candidate candidate(int k, Seeding seeding, Standardizer standardizer) {
    Chosen chosen = choose(k, seeding, standardizer);
    Centroids centroids = chosen.start.centroids();
    return Candidate.start(
        chosen.words, centroids, seeding.findings(centroids, spec.clustering().seed()));
  }

  /** Where the {@link FeatureBins} of the run are staged. */
  static String binsFile(Folder staging) {
    return staging.file("bins");
  }

  /** A start, and in words what it is and by how much the other one lost. */
  private record Chosen(Seeding.Start start, String words) {}

  private Chosen choose(int k, Seeding seeding, Standardizer standardizer) {
    ClusteringSpec clustering = spec.clustering();
    Seeding.Start fresh =
        seeding.best(
            k, clustering.seed(), clustering.restarts(), clustering.k().candidates().size());
    if (previous == null) {
      return new Chosen(fresh, "fresh seeding");
    }
    if (previous.k() != fresh.centroids().k()) {
      return new Chosen(
          fresh,
          String.format(
              Locale.ROOT,
              "fresh seeding; the previous model has %d clusters, not %d",
              previous.k(),
              fresh.centroids().k()));
    }
    Seeding.Start continued = seeding.from(previous.on(standardizer));
    // Of equal starts the known one: its clusters are those that people know.
    return continued.inertia() <= fresh.inertia()
        ? new Chosen(continued, "previous model; a fresh seeding is " + worse(fresh, continued))
        : new Chosen(fresh, "fresh seeding; the previous model is " + worse(continued, fresh));
  }

  private static String worse(Seeding.Start other, Seeding.Start kept) {
    double percent = kept.inertia() == 0 ? 0 : 100 * (other.inertia() / kept.inertia() - 1);
    return String.format(Locale.ROOT, "%.2f %% worse on the sample", percent);
  }

  private UserSample merge(List<String> files) throws IOException {
    UserSample sample = emptySample();
    for (String file : files) {
      StagedSamples.merge(file, sample);
    }
    return sample;
  }

  /** Out of all users. Takes reading them again: where users stand much denser in some ranges. */
  private UserSample sample(List<ShardReference> shards) throws IOException {
    UserSample sample = emptySample();
    long seed = spec.clustering().seed();
    for (ShardReference reference : shards) {
      Shard shard = ShardStore.numbers(reference);
      long[] ids = spec.schema().idColumn() == null ? null : ShardStore.idHashes(reference);
      for (int row = 0; row < shard.rows(); row++) {
        long hash = ids == null ? shard.valueHash(row, seed) : ids[row];
        sample.add(hash, shard.columns(), row);
      }
    }
    return sample;
  }

  private UserSample emptySample() {
    return new UserSample(SampleSize.of(spec).users(), spec.features().size());
  }
}
