package personas.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.extensions.gcp.options.GcsOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.DoFnInfo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.util.StringUtils;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.table.read.FileRange;

/**
 * Checks the real client of Dataflow: a dry run, and a submission to a fake service on loopback.
 */
class DataflowTest {
  private static final long MOST_GRAPH_BYTES = 10L << 20;

  @TempDir Path folder;

  private static List<String> stepNames(JsonNode job) {
    return StreamSupport.stream(job.path("steps").spliterator(), false)
        .map(step -> step.path("properties").path("user_name").findPath("value").asText())
        .toList();
  }

  private Run dryRun(Path jobFile, String... more) {
    List<String> flags = new ArrayList<>(List.of("--input=gs://fake-bucket/users.csv"));
    flags.addAll(List.of(more));
    return dryRunOf(Run.SAMPLE_SPEC, jobFile, flags);
  }

  private Run dryRunOf(Object spec, Path jobFile, List<String> more) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "segment",
                "--runner=DataflowRunner",
                "--dryRun",
                "--project=fake-project",
                "--region=us-central1",
                "--tempLocation=gs://fake-bucket/tmp",
                "--spec=" + spec,
                "--output=gs://fake-bucket/out",
                "--jobFile=" + jobFile));
    flags.addAll(more);
    return Run.command(folder, flags.toArray(String[]::new));
  }

  /** Neither the database nor the variable of its password exists on this machine. */
  @Test
  void aDryRunDoesNotConnectToADatabase() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("database.yaml"),
            "name: a\ninput:\n  id: user_id\n  jdbc: {url: 'jdbc:postgresql:users', query: SELECT 1,"
                + " user: u, passwordEnv: NO_SUCH_VARIABLE}\nfeatures: [{name: f}]\n"
                + "clustering: {k: 2}\n");
    Path jobFile = folder.resolve("database.json");
    dryRunOf(spec, jobFile, List.of()).succeeded();
    assertTrue(Files.size(jobFile) > 0);
  }

  @Test
  void aDryRunWritesTheJob() throws IOException {
    Path jobFile = folder.resolve("job.json");
    dryRun(jobFile).succeeded();
    List<String> steps = stepNames(new ObjectMapper().readTree(jobFile.toFile()));
    assertTrue(steps.contains("Read users/Stage users/Read range"), steps.toString());
    assertTrue(steps.contains("Iteration 05/Sum clusters"), steps.toString());
    assertFalse(steps.contains("Iteration 09/Sum clusters"), steps.toString());
    assertTrue(steps.contains("Publish results"), steps.toString());
    try (var left = Files.list(folder)) {
      assertEquals(List.of(jobFile), left.toList());
    }
  }

  @Test
  void theGraphStaysFarBelowWhatTheServiceTakes() throws IOException {
    List<Long> sizes = new ArrayList<>();
    for (int iterations : new int[] {8, 20, 50}) {
      Path jobFile = folder.resolve("job-" + iterations + ".json");
      dryRun(jobFile, "--iterationsPerJob=" + iterations).succeeded();
      sizes.add(Files.size(jobFile));
    }
    System.out.println("bytes of the job graph at 8, 20 and 50 iterations: " + sizes);
    assertTrue(sizes.get(2) < MOST_GRAPH_BYTES / 2, sizes.toString());
    double early = (sizes.get(1) - sizes.get(0)) / 12.0;
    double late = (sizes.get(2) - sizes.get(1)) / 30.0;
    assertEquals(1, late / early, 0.05, "bytes an iteration: " + early + ", " + late);
  }

  /** The flags of a template's launcher, for a job that is written to a file; to be added to. */
  static List<String> templateFlags(Path folder, Path jobFile) throws IOException {
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    return new ArrayList<>(
        List.of(
            "--runner=DataflowRunner",
            "--project=fake-project",
            "--region=us-central1",
            "--gcpTempLocation=" + folder.resolve("temp"),
            "--stagingLocation=" + folder.resolve("staging"),
            "--credentialFactoryClass=org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory",
            "--pathValidatorClass=org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator",
            "--filesToStage=" + jar,
            "--templateLocation=" + jobFile));
  }

  /** What a template launcher does: main leaves one job, with no round to follow. */
  @Test
  void aTemplateIsOneJobOfTwentyPasses() throws IOException {
    Path jobFile = folder.resolve("template.json");
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    List<String> flags = templateFlags(folder, jobFile);
    flags.add("--input=" + input);
    Run.segment(folder.resolve("out"), flags.toArray(String[]::new)).succeeded();
    List<String> steps = stepNames(new ObjectMapper().readTree(jobFile.toFile()));
    assertTrue(steps.contains("Iteration 20/Sum clusters"), steps.toString());
    assertFalse(steps.contains("Iteration 21/Sum clusters"), steps.toString());
  }

  private Run submit(FakeGoogleCloud cloud, Path jar) throws IOException {
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    List<String> flags = new ArrayList<>(cloud.dataflowFlags());
    flags.add("--input=" + input);
    flags.add("--filesToStage=" + jar);
    return Run.segment(folder.resolve("out"), flags.toArray(String[]::new));
  }

  @Test
  void theJobArrives() throws IOException {
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      Run run = submit(cloud, jar);
      // The stand-in says done and does nothing, so the one thing that is missing are the results.
      assertEquals(ExitCode.FAILED, run.exitCode());
      assertTrue(run.errors().contains("model.json"), run.errors());

      assertEquals(1, cloud.jobs().size());
      JsonNode job = cloud.jobs().get(0);
      List<String> steps = stepNames(job);
      assertTrue(steps.contains("Read users/Match files/Open file"), steps.toString());
      assertTrue(steps.contains("Iteration 01/Sum clusters"), steps.toString());
      assertEquals("JOB_TYPE_BATCH", job.path("type").asText());
      JsonNode options = job.path("environment").path("sdkPipelineOptions").path("options");
      assertEquals("fake-project", options.path("project").asText());
      assertEquals("gs://fake-bucket/tmp", options.path("tempLocation").asText());
      assertTrue(
          cloud.bucket().objects().keySet().stream().anyMatch(name -> name.contains("program")),
          cloud.bucket().objects().keySet().toString());
      assertEquals(List.of(), cloud.authorizations());
    }
  }

  /** The function of a step of a job that arrived. */
  @SuppressWarnings("unchecked")
  private static <A, B> DoFn<A, B> function(JsonNode job, String step) {
    for (JsonNode each : job.path("steps")) {
      JsonNode properties = each.path("properties");
      if (properties.path("user_name").findPath("value").asText().equals(step)) {
        String text = properties.path("serialized_fn").findPath("value").asText();
        byte[] bytes = StringUtils.jsonStringToByteArray(text);
        return ((DoFnInfo<A, B>) SerializableUtils.deserializeFromByteArray(bytes, step)).getDoFn();
      }
    }
    throw new IllegalStateException("no " + step + " in " + stepNames(job));
  }

  /** Runs the first two steps of a job that must refuse its file, as workers of the service do. */
  private static void refuseFile(JsonNode job, FakeGoogleCloud cloud, Path input) {
    String steps = "Read users/Match files/";
    DoFn<String, KV<String, MatchResult.Metadata>> match = function(job, steps + "Match pattern");
    DoFn<KV<String, Iterable<MatchResult.Metadata>>, FileRange> open =
        function(job, steps + "Open file");
    String[] flags = cloud.storageFlags().toArray(String[]::new);
    Pipeline worker = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).as(GcsOptions.class));
    worker
        .apply(Create.of(input.toString()))
        .apply(ParDo.of(match))
        .apply(GroupByKey.create())
        .apply(ParDo.of(open));
    assertThrows(Pipeline.PipelineExecutionException.class, worker::run);
  }

  /**
   * The service reports only that the job failed. The step that refuses the data writes the reason
   * to the staging folder in the bucket, where the launcher finds it.
   */
  @Test
  void dataThatAWorkerRefusesIsExitCode3() throws IOException {
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_FAILED")) {
      cloud.setWorkers(
          job -> {
            // The launcher has checked the header of the file before it submitted the job.
            assertDoesNotThrow(() -> Files.writeString(input, "user_id,spend\nu1,7\n"));
            refuseFile(job, cloud, input);
          });
      List<String> flags = new ArrayList<>(cloud.dataflowFlags());
      flags.addAll(List.of("--input=" + input, "--filesToStage=" + jar));
      Run run = Run.segment(folder.resolve("out"), flags.toArray(String[]::new));
      assertEquals(1, cloud.jobs().size(), run.errors());
      assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
      assertTrue(run.errors().startsWith(input + ": missing column"), run.errors());
      assertTrue(
          cloud.bucket().objects().keySet().stream().noneMatch(name -> name.contains(".staging-")),
          cloud.bucket().objects().keySet().toString());
    }
  }

  @Test
  void aFailedJobFailsTheRun() throws IOException {
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_FAILED")) {
      Run run = submit(cloud, jar);
      assertEquals(ExitCode.FAILED, run.exitCode());
      assertTrue(run.errors().contains("the job ended with the state FAILED"), run.errors());
    }
  }
}
