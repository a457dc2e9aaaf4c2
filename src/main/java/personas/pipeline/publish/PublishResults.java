package personas.pipeline.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.ResultSinks;
import personas.connector.contract.SinkRequest;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.connector.storage.WriteFence;
import personas.describe.Description;
import personas.describe.DescriptionBuilder;
import personas.feature.shard.RecordDigest;
import personas.kmeans.ClusterSpread;
import personas.kmeans.ClusterTotals;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.selection.ChosenCandidate;
import personas.math.Hashing;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.NamedClusters;
import personas.model.ProgramName;
import personas.model.Receipt;
import personas.model.StickinessPrice;
import personas.model.assignment.ExampleTable;
import personas.model.compare.Drift;
import personas.model.compare.Migration;
import personas.model.compare.MigrationCounts;
import personas.model.compare.PreviousModel;
import personas.model.score.HeldTotals;
import personas.model.score.ScoreResult;
import personas.model.table.DescriptionTable;
import personas.model.table.LedgerTable;
import personas.model.table.ModelTables;
import personas.model.train.ModelBuilder;
import personas.report.ReportFiles;
import personas.report.data.ReportData;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.run.events.AggregatedUsers;
import personas.run.events.EventSummary;
import personas.run.events.EventTotals;
import personas.run.publication.Publication;
import personas.run.state.AssignedUsers;
import personas.run.state.AssignedUsers.ClusterSums;
import personas.run.state.AssignmentResult;
import personas.run.state.Manifest;
import personas.run.state.TrainingState;

/**
 * Writes the model and moves all results to the output folder. If users are not assigned yet, the
 * step saves the state of the training for the next job instead.
 *
 * <p>{@link Publication} explains why two attempts, or two runs into one folder, are safe.
 *
 * <p>A run that is canceled before publication does not change the database or the output folder. A
 * publication that has begun is completed, even if an engine interrupts its thread.
 */
public final class PublishResults extends DoFn<AssignmentResult, Void> {
  private static final long serialVersionUID = 1;

  private final RunPlan plan;
  private final int round;

  /**
   * Creates the step.
   *
   * @param round the number of the job in the run, from 1
   */
  public PublishResults(RunPlan plan, int round) {
    this.plan = plan;
    this.round = round;
  }

  @ProcessElement
  public void process(@Element AssignmentResult assigned, PipelineOptions options)
      throws IOException {
    new RefusalFile(plan.stagingFolder()).during(() -> saveOrPublish(assigned, options));
  }

  private void saveOrPublish(AssignmentResult assigned, PipelineOptions options)
      throws IOException {
    if (assigned.users().isEmpty()) {
      saveState(assigned.state());
      return;
    }
    publish(assigned.state(), assigned.users().get(), options);
  }

  private void publish(TrainingState state, AssignedUsers assigned, PipelineOptions options)
      throws IOException {
    Publication publication = new Publication(plan.folders(), new AtomicFiles(options));
    if (!publication.isFinished()) {
      Folder attempt = publication.attemptFolder();
      List<String> files = new ArrayList<>(assigned.files());
      if (plan.isScore()) {
        writeScored(state.manifest(), assigned.clusters(), attempt, files);
      } else {
        writeTrained(state, assigned, attempt, files);
      }
      if (plan.spec().input().aggregate() != null) {
        writeEventSummary(attempt, files);
      }
      write(
          attempt.file(LedgerTable.FILE),
          out -> ModelTables.writeLedger(state.manifest().ledgers().bySource(), out),
          files);
      WriteFence.publish(
          plan.stagingFolder(),
          () -> {
            publication.publish(
                files, () -> ResultSinks.write(sinkRequest(), assigned.files(), options));
            return null;
          });
    }
    removeStaging();
  }

  private SinkRequest sinkRequest() {
    return new SinkRequest(
        plan.spec(), plan.explains(), plan.looksUpPreviousUsers(), plan.folders().stagingName());
  }

  private void writeEventSummary(Folder folder, List<String> files) throws IOException {
    AggregatedUsers users =
        SerializedFile.load(plan.folders().aggregatedUsers(), AggregatedUsers.class);
    EventSummary summary =
        EventSummary.of(
            plan.spec().input().aggregate(),
            SerializedFile.load(plan.folders().eventTotals(), EventTotals.class),
            users);
    files.addAll(users.files());
    write(folder.file(EventSummary.FILE), out -> JsonFile.write(summary, out), files);
  }

  /**
   * Deletes staged files. A run of a single job may have no launcher that waits for the end of the
   * job, so this step deletes all staged files. In any other run, this step deletes only the staged
   * publication, and the launcher deletes the other files after the job. The reason is that an
   * engine that has lost the outputs of earlier steps runs these steps again, even after this step.
   */
  private void removeStaging() throws IOException {
    if (plan.tuning().singleJob()) {
      plan.folders().removeStaging();
    } else {
      plan.folders().publishFolder().deleteTree();
    }
  }

  /**
   * Saves the state under another name and renames the file, so that the file is complete if it
   * exists.
   */
  private void saveState(TrainingState state) throws IOException {
    String attempt = plan.stagingFolder().file("state-" + UUID.randomUUID());
    SerializedFile.save(state, attempt);
    Folder.move(attempt, plan.folders().savedState(round));
  }

  private Model model(TrainingState state, AssignedUsers assigned, NamedClusters segments)
      throws IOException {
    return new ModelBuilder(plan.spec(), state.manifest().standardizer())
        .withRejections(state.manifest().ledgers().examples().byColumn())
        .withStickiness(
            stickinessPrice(assigned.changes().heldTotals(), assigned.clusters().totals()))
        .withReceipt(receipt(state.manifest().ledgers().recordDigest()))
        .withTree(
            CandidateTree.of(state, state.manifest(), segments, plan.models().takenCandidate()))
        .withTakenCandidate(plan.models().takenCandidate())
        .withMetrics(metrics(state, assigned.clusters()))
        .withPrevious(plan.models().previous() == null ? null : plan.models().previous().model())
        .build(
            new ChosenCandidate(state.candidates(), state.choice()),
            segments,
            assigned.clusters().totals(),
            assigned.clusters().counts(),
            state.manifest().ledger());
  }

  private StickinessPrice stickinessPrice(HeldTotals held, ClusterTotals totals) {
    return held == null
        ? null
        : StickinessPrice.of(
            plan.models().previousRun().margin(),
            held.users(),
            held.freeUsers(),
            totals.inertia(),
            held.freeInertia());
  }

  private Receipt receipt(RecordDigest records) {
    PreviousModel previous = plan.models().previous();
    return new Receipt(
        records.records(),
        records.hex(),
        Hashing.sha256(plan.results().specText().getBytes(StandardCharsets.UTF_8)),
        ProgramName.TEXT,
        previous == null ? null : previous.digest());
  }

  private static ClusterMetrics metrics(TrainingState state, ClusterSums clusters) {
    ClusterSpread spread = state.lloyd().spread();
    return spread == null ? null : ClusterMetrics.of(spread, clusters.separation());
  }

  private void writeScored(
      Manifest manifest, ClusterSums clusters, Folder folder, List<String> files)
      throws IOException {
    ScoreResult result =
        ScoreResult.of(
            plan.models().scoringModel(),
            clusters.totals(),
            clusters.counts(),
            manifest.ledger(),
            manifest.ledgers().examples().byColumn());
    write(folder.file(ScoreResult.FILE), out -> JsonFile.write(result, out), files);
  }

  private void writeTrained(
      TrainingState state, AssignedUsers assigned, Folder folder, List<String> files)
      throws IOException {
    NamedClusters segments = state.namedClusters(plan);
    Model model = model(state, assigned, segments);
    writeModelFiles(model, folder, files);
    if (!plan.results().specText().isEmpty()) {
      byte[] yaml = plan.results().specText().getBytes(StandardCharsets.UTF_8);
      write(folder.file(RunFolders.SPEC_FILE), out -> out.write(yaml), files);
    }
    Drift drift =
        plan.models().previous() == null ? null : drift(model, assigned.changes().migration());
    Description description = DescriptionBuilder.of(assigned.described(), model.ledger().users());
    if (assigned.described() != null) {
      write(
          folder.file(DescriptionTable.FILE),
          out -> DescriptionTable.write(description, model.clusters(), out),
          files);
    }
    if (assigned.typical() != null) {
      write(
          folder.file(ExampleTable.FILE),
          out -> ExampleTable.write(assigned.typical(), model.clusters(), out),
          files);
    }
    ReportData report =
        new ReportAssembler(plan, state.manifest()).report(model, segments, drift, description);
    writeReportFiles(report, folder, files);
    if (drift != null) {
      write(folder.file(Drift.FILE), out -> JsonFile.write(drift, out), files);
    }
  }

  private Drift drift(Model model, MigrationCounts counts) throws IOException {
    Model previousModel = plan.models().previous().model();
    Migration migration = counts == null ? null : Migration.of(previousModel, model, counts, true);
    return Drift.between(previousModel, model, migration);
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void writeModelFiles(Model model, Folder folder, List<String> files)
      throws IOException {
    write(folder.file("centroids.csv"), out -> ModelTables.writeCentroids(model, out), files);
    write(folder.file("iterations.csv"), out -> ModelTables.writeIterations(model, out), files);
    write(folder.file("k_selection.csv"), out -> ModelTables.writeSelection(model, out), files);
    write(folder.file("model.json"), out -> ModelJson.write(model, out), files);
  }

  private static void writeReportFiles(ReportData report, Folder folder, List<String> files)
      throws IOException {
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.contents(report).entrySet()) {
      write(folder.file(file.getKey().fileName()), out -> out.write(file.getValue()), files);
    }
  }

  private static void write(String file, Content content, List<String> files) throws IOException {
    try (OutputStream out = Folder.create(file)) {
      content.writeTo(out);
    }
    files.add(file);
  }
}
