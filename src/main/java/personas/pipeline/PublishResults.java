package personas.pipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import personas.kmeans.ClusterMetrics;
import personas.kmeans.ClusterSpread;
import personas.model.Drift;
import personas.model.LedgerTable;
import personas.model.Migration;
import personas.model.Model;
import personas.model.ModelBuilder;
import personas.model.ModelJson;
import personas.model.ModelTables;
import personas.model.ResultJson;
import personas.model.ScoreResult;
import personas.pipeline.AssignUsers.Assigned;
import personas.report.ReportData;
import personas.report.ReportFiles;
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
final class PublishResults extends DoFn<Assigned, Void> {
  private static final long serialVersionUID = 1;

  private static final String MODEL = "model.json";
  private static final Set<String> LAST = Set.of(MODEL, ScoreResult.FILE);

  private final RunPlan plan;

  PublishResults(RunPlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element Assigned assigned, PipelineOptions options) throws IOException {
    new RefusalFile(plan.staging()).during(() -> saveOrPublish(assigned, options));
  }

  private void saveOrPublish(Assigned assigned, PipelineOptions options) throws IOException {
    if (assigned.totals() == null) {
      Serialized.save(assigned.state(), Segmentation.savedState(plan));
      return;
    }
    List<String> files = new ArrayList<>(assigned.files());
    if (plan.scored() == null) {
      writeTrained(assigned, files);
    } else {
      ScoreResult result =
          ScoreResult.of(plan.scored(), assigned.totals(), assigned.state().manifest().ledger());
      write(ScoreResult.FILE, out -> ResultJson.write(result, out), files);
    }
    write(
        LedgerTable.FILE,
        out -> ModelTables.writeLedger(assigned.state().manifest().ledgers(), out),
        files);
    RunFence.publish(
        plan,
        () -> {
          bringOut(assigned.files(), files, options);
          return null;
        });
  }

  private void bringOut(List<String> assigned, List<String> files, PipelineOptions options)
      throws IOException {
    Publication.begin(plan);
    // Tables before files: where one fails, nothing is published.
    OutputSpec output = plan.spec().output();
    try {
      if (output.jdbc() != null) {
        new UpsertAssignments(output.jdbc(), AssignmentTable.of(plan)).write(assigned);
      }
      if (output.bigquery() != null) {
        new LoadAssignments(plan).write(assigned, options);
      }
    } catch (IOException | RuntimeException e) {
      Publication.withdraw(plan);
      throw e;
    }
    publish(files);
    Publication.end(plan);
    plan.publishFolder().deleteTree();
    plan.stagingFolder().deleteTree();
  }

  private Model model(Assigned assigned, Segments segments) throws IOException {
    SegmentState state = assigned.state();
    return new ModelBuilder(plan.spec(), state.manifest().standardizer())
        .build(
            state.candidates(),
            state.choice(),
            segments.centroids(),
            segments.personas(),
            assigned.totals(),
            metrics(assigned),
            segments.ids(),
            assigned.counts(),
            plan.previous() == null ? null : plan.previous().model(),
            state.manifest().ledger());
  }

  private static ClusterMetrics metrics(Assigned assigned) {
    ClusterSpread spread = assigned.state().lloyd().spread();
    return spread == null ? null : ClusterMetrics.of(spread, assigned.separation());
  }

  private void writeTrained(Assigned assigned, List<String> files) throws IOException {
    SegmentState state = assigned.state();
    Segments segments = Segments.of(state, plan);
    Model model = model(assigned, segments);
    writeModelFiles(model, files);
    Drift drift = plan.previous() == null ? null : drift(model, assigned);
    ReportData report = RunReport.of(model, segments, state.manifest(), drift, plan.dataDate());
    writeReportFiles(report, files);
    RunReport.keep(plan, report);
    if (drift != null) {
      write(Drift.FILE, out -> ResultJson.write(drift, out), files);
    }
  }

  private Drift drift(Model model, Assigned assigned) throws IOException {
    Model before = plan.previous().model();
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
    String file = plan.publishFolder().file(name);
    try (OutputStream out = Folder.create(file)) {
      content.writeTo(out);
    }
    files.add(file);
  }

  private void publish(List<String> files) throws IOException {
    Set<String> names = new HashSet<>();
    files.forEach(file -> names.add(file.substring(file.lastIndexOf('/') + 1)));
    Folder output = plan.outputFolder();
    output.deleteMatching(LAST::contains);
    output.deleteMatching(name -> RunPlan.isResult(name) && !names.contains(name));
    List<String> last =
        files.stream()
            .filter(file -> LAST.contains(file.substring(file.lastIndexOf('/') + 1)))
            .toList();
    List<String> first = files.stream().filter(file -> !last.contains(file)).toList();
    output.receive(first);
    output.receive(last);
  }
}
