package personas.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one template: what it takes, and that segment, score and a stream each come out of it. */
class FlexTemplateTest {
  private static final String MODEL = "src/test/resources/models/format-1-handover.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parameters of launches that the documentation shows. */
  private static final List<Map<String, String>> LAUNCHES =
      List.of(
          Map.of(
              "spec", "gs://my-bucket/pipelines/image-platform-users.yaml",
              "input", "gs://my-bucket/users/*.csv",
              "output", "gs://my-bucket/personas"),
          Map.of(
              "spec", "gs://my-bucket/pipelines/users-from-tables.yaml",
              "output", "gs://my-bucket/personas",
              "k", "auto"),
          Map.of(
              "model", "gs://my-bucket/personas/model.json",
              "input", "gs://my-bucket/new-users/*.csv",
              "output", "gs://my-bucket/new-personas",
              "id", "none",
              "passThrough", "country,plan"),
          Map.of(
              "model", "gs://my-bucket/personas/model.json",
              "input", "pubsub://projects/my-project/subscriptions/users",
              "output", "pubsub://projects/my-project/topics/personas",
              "deadLetters", "pubsub://projects/my-project/topics/no-users",
              "columns", "user_id,images",
              "modelRefresh", "60"));

  @TempDir static Path folder;
  private static Path users;

  @BeforeAll
  static void simulate() throws IOException {
    users = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
  }

  private static Map<String, JsonNode> parameters() throws IOException {
    Map<String, JsonNode> parameters = new TreeMap<>();
    JSON.readTree(Path.of("runners/dataflow/metadata.json").toFile())
        .path("parameters")
        .forEach(each -> parameters.put(each.path("name").asText(), each));
    return parameters;
  }

  @Test
  void everyParameterIsAFlagAndEveryFlagOfAScoreThatAJobNeedsIsThere() throws IOException {
    Set<String> flags = new TreeSet<>(Help.flags(SegmentOptions.class).keySet());
    flags.addAll(Help.flags(ScoreOptions.class).keySet());
    assertTrue(flags.containsAll(parameters().keySet()), parameters().keySet().toString());
    Set<String> missing = new TreeSet<>(Help.flags(ScoreOptions.class).keySet());
    missing.removeAll(parameters().keySet());
    // The dry run, how a run tells of itself, Kafka, which no template reads, and matters of speed.
    assertEquals(
        Set.of(
            "dryRun", "group", "jobFile", "jobGraph", "kafkaProperties", "quiet", "rangeMegabytes"),
        missing);
  }

  @Test
  void theLaunchesOfTheDocumentationAreTaken() throws IOException {
    Map<String, JsonNode> parameters = parameters();
    for (Map<String, String> launch : LAUNCHES) {
      for (var each : launch.entrySet()) {
        String regex = parameters.get(each.getKey()).path("regexes").path(0).asText();
        assertTrue(each.getValue().matches(regex), each + " is not " + regex);
      }
      for (JsonNode parameter : parameters.values()) {
        String name = parameter.path("name").asText();
        assertTrue(parameter.path("isOptional").asBoolean() || launch.containsKey(name), name);
      }
    }
  }

  /** The job that main leaves where the launcher's flags come without a command. */
  private static JsonNode template(String name, String... own) throws IOException {
    Path jobFile = folder.resolve(name + ".json");
    List<String> flags = DataflowTest.templateFlags(folder, jobFile);
    flags.addAll(List.of(own));
    Run.command(folder, TemplateMain.withCommand(flags.toArray(String[]::new))).succeeded();
    return JSON.readTree(jobFile.toFile());
  }

  private static List<String> stepNames(JsonNode job) {
    return StreamSupport.stream(job.path("steps").spliterator(), false)
        .map(step -> step.path("properties").path("user_name").findPath("value").asText())
        .toList();
  }

  @Test
  void aModelMakesItAScore() throws IOException {
    JsonNode job =
        template(
            "score", "--model=" + MODEL, "--input=" + users, "--output=" + folder.resolve("out"));
    List<String> steps = stepNames(job);
    assertTrue(steps.contains("Take model"), steps.toString());
    assertTrue(steps.contains("Assign users/Assign slot"), steps.toString());
    assertTrue(steps.contains("Publish results"), steps.toString());
    assertFalse(steps.stream().anyMatch(step -> step.startsWith("Iteration")), steps.toString());
    assertEquals("JOB_TYPE_BATCH", job.path("type").asText());
  }

  @Test
  void aSubscriptionMakesItAStream() throws IOException {
    JsonNode job =
        template(
            "stream",
            "--model=" + MODEL,
            "--input=pubsub://projects/fake-project/subscriptions/users",
            "--output=pubsub://projects/fake-project/topics/personas",
            "--deadLetters=pubsub://projects/fake-project/topics/dead",
            "--modelRefresh=60");
    List<String> steps = stepNames(job);
    assertTrue(steps.contains("Score messages"), steps.toString());
    assertTrue(steps.contains("Refresh model/Read model"), steps.toString());
    assertEquals("JOB_TYPE_STREAMING", job.path("type").asText());
  }

  @Test
  void withoutAModelItSegments() throws IOException {
    List<String> steps =
        stepNames(template("segment", "--input=" + users, "--output=" + folder.resolve("trained")));
    assertTrue(steps.contains("Iteration 20/Sum clusters"), steps.toString());
  }

  /** With a gcloud that notes how it is called. */
  @Test
  void launchTemplatePassesParametersWithCommas() throws Exception {
    Path calls = folder.resolve("calls");
    Path gcloud = Files.createDirectories(folder.resolve("bin")).resolve("gcloud");
    Files.writeString(gcloud, "#!/usr/bin/env bash\nprintf '%s\\n' \"$@\" > " + calls + "\n");
    Files.setPosixFilePermissions(gcloud, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder =
        new ProcessBuilder(
                "runners/dataflow/launch-template",
                "b",
                "p",
                "r",
                "model=gs://b/m",
                "passThrough=x,y",
                "input=gs://b/users *")
            .redirectErrorStream(true);
    builder.environment().put("PATH", gcloud.getParent() + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    List<String> call = Files.readAllLines(calls);
    assertEquals(
        "^~^model=gs://b/m~passThrough=x,y~input=gs://b/users *", call.get(call.size() - 1));
    assertTrue(call.contains("gs://b/templates/beam-personas.json"), call.toString());
  }
}
