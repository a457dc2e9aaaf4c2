package personas.pipeline.publish;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.bigquery.BigQuerySink;
import personas.connector.jdbc.PostgresSink;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.connector.storage.WriteFence;
import personas.kmeans.ClusterMetrics;
import personas.kmeans.ClusterSpread;
import personas.model.JsonFile;
import personas.model.LedgerTable;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.ModelTables;
import personas.model.NamedClusters;
import personas.model.compare.Drift;
import personas.model.compare.Migration;
import personas.model.score.AssignmentColumns;
import personas.model.score.ScoreResult;
import personas.model.train.ModelBuilder;
import personas.report.ReportFiles;
import personas.report.data.ReportData;
import personas.run.PublicationState;
import personas.run.ReportAssembler;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.run.state.AssignmentResult;
import personas.run.state.TrainingState;
import personas.spec.OutputSpec;

/**
 * Writes the model and moves all results to the output folder; or, while the state is not done,
 * saves it for the next job.
 *
 * <p>The model, or the result of a score, goes first and comes last: a folder with a {@code
 * model.json} or a {@code score.json} holds one whole run. Every step may be done twice.
 *
 * <p>A run that is cancelled before the database's table and the output folder are touched leaves
 * them as they were; from then on publishing ends whole, whatever an engine does to its thread.
 */
public final class PublishResults extends DoFn<AssignmentResult, Void> {
  private static final long serialVersionUID = 1;

  private static final String MODEL = "model.json";
  private static final Set<String> LAST = Set.of(MODEL, ScoreResult.FILE);

  private final RunPlan plan;
  private final int round;

  /**
   * Publishes the results of a job.
   *
   * @param round counts the jobs of the run from 1
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
    if (assigned.totals() == null) {
      saveState(assigned.state());
      return;
    }
    List<String> files = new ArrayList<>(assigned.files());
    if (!plan.isScore()) {
      writeTrained(assigned, files);
    } else {
      ScoreResult result =
          ScoreResult.of(
              plan.models().scored(),
              assigned.totals(),
              assigned.state().manifest().ledger(),
              assigned.state().manifest().ledgers().examples().byColumn());
      write(ScoreResult.FILE, out -> JsonFile.write(result, out), files);
    }
    write(
        LedgerTable.FILE,
        out -> ModelTables.writeLedger(assigned.state().manifest().ledgers().bySource(), out),
        files);
    WriteFence.publish(
        plan.stagingFolder(),
        () -> {
          publishAll(assigned.files(), files, options);
          return null;
        });
  }

  private void publishAll(List<String> assigned, List<String> files, PipelineOptions options)
      throws IOException {
    PublicationState.begin(plan);
    // Tables before files: where one fails, nothing is published.
    OutputSpec output = plan.spec().output();
    try {
      if (output.jdbc() != null) {
        new PostgresSink(output.jdbc(), columns()).write(assigned);
      }
      if (output.bigquery() != null) {
        new BigQuerySink(output.bigquery(), columns(), plan.folders().stagingName())
            .write(assigned, options);
      }
    } catch (IOException | RuntimeException e) {
      PublicationState.unmarkBegun(plan);
      throw e;
    }
    publish(files);
    PublicationState.end(plan);
    plan.folders().removeStaging();
  }

  private AssignmentColumns columns() {
    return AssignmentColumns.of(plan.spec(), plan.looksUpPreviousUsers());
  }

  /** Under another name first, so that the state is there whole or not at all. */
  private void saveState(TrainingState state) throws IOException {
    String attempt = plan.stagingFolder().file("state-" + UUID.randomUUID());
    SerializedFile.save(state, attempt);
    Folder.move(attempt, plan.folders().savedState(round));
  }

  private Model model(AssignmentResult assigned, NamedClusters segments) throws IOException {
    TrainingState state = assigned.state();
    return new ModelBuilder(plan.spec(), state.manifest().standardizer())
        .withRejections(state.manifest().ledgers().examples().byColumn())
        .build(
            state.candidates(),
            state.choice(),
            segments.centroids(),
            segments.personas(),
            assigned.totals(),
            metrics(assigned),
            segments.ids(),
            assigned.counts(),
            plan.models().previous() == null ? null : plan.models().previous().model(),
            state.manifest().ledger());
  }

  private static ClusterMetrics metrics(AssignmentResult assigned) {
    ClusterSpread spread = assigned.state().lloyd().spread();
    return spread == null ? null : ClusterMetrics.of(spread, assigned.separation());
  }

  private void writeTrained(AssignmentResult assigned, List<String> files) throws IOException {
    TrainingState state = assigned.state();
    NamedClusters segments = state.namedClusters(plan);
    Model model = model(assigned, segments);
    writeModelFiles(model, files);
    if (!plan.specText().isEmpty()) {
      byte[] yaml = plan.specText().getBytes(StandardCharsets.UTF_8);
      write(RunFolders.SPEC_FILE, out -> out.write(yaml), files);
    }
    Drift drift = plan.models().previous() == null ? null : drift(model, assigned);
    ReportData report =
        ReportAssembler.of(model, segments, state.manifest(), drift, plan.dataDate());
    writeReportFiles(report, files);
    if (drift != null) {
      write(Drift.FILE, out -> JsonFile.write(drift, out), files);
    }
  }

  private Drift drift(Model model, AssignmentResult assigned) throws IOException {
    Model before = plan.models().previous().model();
    Migration migration =
        assigned.migration() == null
            ? null
            : Migration.of(before, model, assigned.migration(), true);
    return Drift.between(before, model, migration);
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private void writeModelFiles(Model model, List<String> files) throws IOException {
    write("centroids.csv", out -> ModelTables.writeCentroids(model, out), files);
    write("iterations.csv", out -> ModelTables.writeIterations(model, out), files);
    write("k_selection.csv", out -> ModelTables.writeSelection(model, out), files);
    write(MODEL, out -> ModelJson.write(model, out), files);
  }

  private void writeReportFiles(ReportData report, List<String> files) throws IOException {
    for (Map.Entry<ReportFiles, byte[]> file : ReportFiles.all(report).entrySet()) {
      write(file.getKey().fileName(), out -> out.write(file.getValue()), files);
    }
  }

  private void write(String name, Content content, List<String> files) throws IOException {
    String file = plan.folders().publishFolder().file(name);
    try (OutputStream out = Folder.create(file)) {
      content.writeTo(out);
    }
    files.add(file);
  }

  private void publish(List<String> files) throws IOException {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.substring(file.lastIndexOf('/') + 1)));
    Folder output = plan.folders().outputFolder();
    output.deleteMatching(LAST::contains);
    output.deleteMatching(name -> RunFolders.isResult(name) && !names.contains(name));
    List<String> last =
        files.stream()
            .filter(file -> LAST.contains(file.substring(file.lastIndexOf('/') + 1)))
            .toList();
    List<String> first = files.stream().filter(file -> !last.contains(file)).toList();
    output.moveHere(first);
    output.moveHere(last);
  }
}
