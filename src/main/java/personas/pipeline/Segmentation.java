package personas.pipeline;

import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import personas.report.ReportData;

/**
 * The jobs of a run. The first reads, seeds and iterates; where that did not converge, each further
 * one goes on from the saved state. The job that converges writes the results. A score is one job:
 * its state is that of the saved model.
 */
public final class Segmentation {
  private Segmentation() {}

  /** The job that reads the input. */
  public static Pipeline firstJob(PipelineOptions options, RunPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    if (plan.scored() != null) {
      assignAndWrite(
          pipeline
              .apply("Read users", new ReadUsers(plan))
              .apply("Take model", toPass(new TakeModel(plan)))
              .setCoder(Pass.coder()),
          plan);
      return pipeline;
    }
    iterateAndWrite(
        pipeline
            .apply("Read users", new ReadUsers(plan))
            .apply("Seed centroids", toPass(new SeedCentroids(plan))),
        plan);
    return pipeline;
  }

  /** A job that goes on where the one before stopped. */
  public static Pipeline nextJob(PipelineOptions options, RunPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    iterateAndWrite(
        pipeline
            .apply("Saved state", Create.of(savedState(plan)))
            .apply("Load state", toPass(new LoadState())),
        plan);
    return pipeline;
  }

  private static <T> MapElements<T, Pass> toPass(ProcessFunction<T, Pass> step) {
    return MapElements.into(TypeDescriptor.of(Pass.class)).via(step);
  }

  private static void iterateAndWrite(PCollection<Pass> start, RunPlan plan) {
    assignAndWrite(IterateKMeans.passes(start.setCoder(Pass.coder()), plan), plan);
  }

  private static void assignAndWrite(PCollection<Pass> pass, RunPlan plan) {
    pass.apply("Assign users", new AssignUsers(plan))
        .apply("Publish results", ParDo.of(new PublishResults(plan)));
  }

  /** Whether the last job did not converge and saved its state for a further one. */
  public static boolean wantsNextJob(RunPlan plan) throws IOException {
    return Folder.exists(savedState(plan));
  }

  /** How far the running job is. */
  public static Progress progress(RunPlan plan) throws IOException {
    return ProgressMarks.progress(plan.stagingFolder());
  }

  /** Makes the staging folder of a run whose jobs this process plays, before the first of them. */
  public static void begin(RunPlan plan) throws IOException {
    Publication.prepare(plan);
  }

  /** Whether a thread of this process publishes the run's results now. */
  public static boolean isPublishing(RunPlan plan) {
    return RunFence.isPublishing(plan);
  }

  /**
   * Ends a run for the workers in this process: afterwards none creates a file in its folders, and
   * none publishes. Waits for one that does, until that is whole.
   */
  public static void close(RunPlan plan) {
    RunFence.close(plan);
  }

  /** How far a run that was begun, and whose job has ended, came with its results. */
  public static Publication publication(RunPlan plan) throws IOException {
    return Publication.of(plan);
  }

  /**
   * The report of a run whose jobs have ended; null where this process did not make it, and when it
   * was taken before.
   */
  public static ReportData takeReport(RunPlan plan) {
    return RunReport.take(plan);
  }

  /** Removes what the run staged; harmless where nothing is left. */
  public static void cleanUp(RunPlan plan) throws IOException {
    ShardCache.forget(plan.stagingFolder());
    ShardStore.forget(plan.stagingFolder());
    StagedSamples.forget(plan.stagingFolder());
    AssignedUsers.forget(plan);
    plan.publishFolder().deleteTree();
    plan.stagingFolder().deleteTree();
  }

  /** Whether a folder that the run staged in is there, as where workers wrote after its removal. */
  public static boolean hasStaged(RunPlan plan) throws IOException {
    return plan.publishFolder().isThere() || plan.stagingFolder().isThere();
  }

  /** Deletes a folder and all below. */
  public static void deleteFolder(String folder) throws IOException {
    new Folder(folder).deleteTree();
  }

  static String savedState(RunPlan plan) {
    return plan.stagingFolder().file("state");
  }

  private record LoadState() implements ProcessFunction<String, Pass> {
    @Override
    public Pass apply(String file) throws IOException {
      return Pass.start(Serialized.load(file, SegmentState.class));
    }
  }
}
