package personas.pipeline;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.DatabaseSource;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.feature.moments.LevelCounts;
import personas.model.compare.FlipBacks;
import personas.model.compare.LabelCounts;
import personas.pipeline.assign.AssignUsers;
import personas.pipeline.combine.ValueCoder;
import personas.pipeline.iterate.IterateKMeans;
import personas.pipeline.iterate.SeedCentroids;
import personas.pipeline.iterate.StartFromModel;
import personas.pipeline.publish.PublishResults;
import personas.pipeline.read.CompareUsers;
import personas.pipeline.read.CountLevels;
import personas.pipeline.read.ReadUsers;
import personas.pipeline.read.ReplayHistory;
import personas.pipeline.read.StageRows;
import personas.run.ComparisonPlan;
import personas.run.RunPlan;
import personas.run.history.HistoryPlan;
import personas.run.state.InputTotals;
import personas.run.state.PassResult;
import personas.run.state.TrainingState;

/**
 * Builds the jobs of a run, which are the same on every runner. The first job of a training run
 * reads, seeds and iterates. If the clusters have not converged, further jobs continue from the
 * saved state. The job that converges writes the results. A scoring run is one job that starts from
 * a saved model. Other jobs compute counts or samples, or stage rows, for the launcher.
 */
public final class BatchJobs {
  private BatchJobs() {}

  /** Returns the job that reads the input. */
  public static Pipeline firstJob(PipelineOptions options, RunPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<InputTotals> users = pipeline.apply("Read users", new ReadUsers(plan));
    if (plan.isScore()) {
      PCollection<PassResult> start = users.apply("Take model", ParDo.of(new StartFromModel(plan)));
      assignAndPublish(start.setCoder(IterateKMeans.CODER), plan, 1);
    } else {
      PCollection<PassResult> start =
          users.apply("Seed centroids", ParDo.of(new SeedCentroids(plan)));
      iterateAndPublish(start.setCoder(IterateKMeans.CODER), plan, 1);
    }
    return pipeline;
  }

  /**
   * Returns a job that continues from the state that the previous job saved.
   *
   * @param round the number of the job in the run, from 1; job 1 reads the input
   */
  public static Pipeline nextJob(PipelineOptions options, RunPlan plan, int round) {
    return continuedJob(options, plan, plan.folders().savedState(round - 1), round);
  }

  /**
   * Returns a job that continues from a saved state.
   *
   * @param savedState the file of a {@link TrainingState} in the staging folder of the run
   * @param round the number of the job in the run, from 1
   */
  public static Pipeline continuedJob(
      PipelineOptions options, RunPlan plan, String savedState, int round) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<PassResult> start =
        pipeline
            .apply("Saved state", Create.of(savedState).withCoder(StringUtf8Coder.of()))
            .apply("Load state", ParDo.of(new LoadState()));
    start.setCoder(IterateKMeans.CODER);
    if (plan.isScore()) {
      assignAndPublish(start, plan, round);
    } else {
      iterateAndPublish(start, plan, round);
    }
    return pipeline;
  }

  /** Returns the job that counts users by their labels in two tables. */
  public static Pipeline comparison(PipelineOptions options, ComparisonPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Compare users", new CompareUsers(plan))
        .apply("Save counts", ParDo.of(new SaveValue<>(plan.countsFile(), LabelCounts::write)));
    return pipeline;
  }

  /** Returns the job that counts how often users of earlier runs return to a previous persona. */
  public static Pipeline history(PipelineOptions options, HistoryPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Replay history", new ReplayHistory(plan))
        .apply("Save counts", ParDo.of(new SaveValue<>(plan.countsFile(), FlipBacks::write)));
    return pipeline;
  }

  /** Returns the job that draws a sample of users for the launcher. */
  public static Pipeline sample(PipelineOptions options, RunPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Read users", new ReadUsers(plan))
        .apply(
            "Save sample",
            ParDo.of(
                new SaveValue<InputTotals>(
                    plan.sampleFile(), (totals, out) -> totals.sample().load().write(out))));
    return pipeline;
  }

  /** Returns the job that counts the levels of categories for the launcher. */
  public static Pipeline levels(PipelineOptions options, RunPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Count levels", new CountLevels(plan))
        .apply("Save levels", ParDo.of(new SaveValue<>(plan.levelsFile(), LevelCounts::write)));
    return pipeline;
  }

  /** Returns the job that stages the rows of a database for the launcher. */
  public static Pipeline rows(
      PipelineOptions options, DatabaseSource source, StagingRequest request) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply("Stage rows", new StageRows(source, request));
    return pipeline;
  }

  private static void iterateAndPublish(PCollection<PassResult> start, RunPlan plan, int round) {
    assignAndPublish(IterateKMeans.unrolled(start, plan), plan, round);
  }

  private static void assignAndPublish(PCollection<PassResult> pass, RunPlan plan, int round) {
    pass.apply("Assign users", new AssignUsers(plan))
        .apply("Publish results", ParDo.of(new PublishResults(plan, round)));
  }

  /** Saves a value in a file that the launcher reads. */
  private static final class SaveValue<T> extends DoFn<T, Void> {
    private static final long serialVersionUID = 1;

    private final String file;
    private final ValueCoder.Writer<T> writer;

    SaveValue(String file, ValueCoder.Writer<T> writer) {
      this.file = file;
      this.writer = writer;
    }

    /**
     * Writes the value under another name and renames the file, so that the file is complete if it
     * exists.
     */
    @ProcessElement
    public void process(@Element T value) throws IOException {
      String attempt = file + "-" + UUID.randomUUID();
      try (DataOutputStream out = new DataOutputStream(Folder.create(attempt))) {
        writer.write(value, out);
      }
      Folder.move(attempt, file);
    }
  }

  private static final class LoadState extends DoFn<String, PassResult> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element String file, OutputReceiver<PassResult> out) throws IOException {
      out.output(PassResult.start(SerializedFile.load(file, TrainingState.class)));
    }
  }
}
