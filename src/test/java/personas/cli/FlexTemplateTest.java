package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.services.dataflow.model.ParameterMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the parameters of the templates, and the jobs that they build: segment, score and a
 * stream.
 */
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

  @Test
  void theLaunchesOfTheDocumentationAreTaken() throws IOException {
    for (Map<String, String> launch : LAUNCHES) {
      boolean isStream = launch.getOrDefault("input", "").contains("/subscriptions/");
      var parameters = TemplateMetadataTest.parameters(isStream ? "streaming" : "batch");
      for (var each : launch.entrySet()) {
        ParameterMetadata parameter = parameters.get(each.getKey());
        assertTrue(TemplateMetadataTest.takes(parameter, each.getValue()), each.toString());
      }
      for (ParameterMetadata parameter : parameters.values()) {
        boolean isOptional = Boolean.TRUE.equals(parameter.getIsOptional());
        assertTrue(isOptional || launch.containsKey(parameter.getName()), parameter.getName());
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
    assertEquals("JOB_TYPE_STREAMING", job.path("type").asText());
  }

  @Test
  void withoutAModelItSegments() throws IOException {
    List<String> steps =
        stepNames(template("segment", "--input=" + users, "--output=" + folder.resolve("trained")));
    assertTrue(steps.contains("Iteration 20/Sum clusters"), steps.toString());
  }

  /** Runs a script with a gcloud that notes its arguments; returns those of each call. */
  private static List<List<String>> callsOfGcloud(String... command) throws Exception {
    Path calls = folder.resolve("calls");
    Files.deleteIfExists(calls);
    Path gcloud = Files.createDirectories(folder.resolve("bin")).resolve("gcloud");
    Files.writeString(gcloud, "#!/usr/bin/env bash\nprintf '%s\\n' call \"$@\" >> " + calls + "\n");
    Files.setPosixFilePermissions(gcloud, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", gcloud.getParent() + ":" + System.getenv("PATH"));
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    List<List<String>> all = new ArrayList<>();
    for (String line : Files.readAllLines(calls)) {
      if (line.equals("call")) {
        all.add(new ArrayList<>());
      } else {
        all.get(all.size() - 1).add(line);
      }
    }
    return all;
  }

  @Test
  void launchTemplatePassesParametersWithCommas() throws Exception {
    List<String> call =
        callsOfGcloud(
                "runners/dataflow/launch-template",
                "b",
                "p",
                "r",
                "model=gs://b/m",
                "passThrough=x,y",
                "input=gs://b/users *")
            .get(0);
    assertEquals(
        "^~^model=gs://b/m~passThrough=x,y~input=gs://b/users *",
        call.get(call.indexOf("--parameters") + 1));
    assertTrue(call.contains("gs://b/templates/beam-personas.json"), call.toString());
  }

  @Test
  void launchTemplatePassesTheOptionsOfALaunch() throws Exception {
    List<String> options =
        List.of(
            "--service-account-email=personas-worker@p.iam.gserviceaccount.com",
            "--subnetwork=regions/r/subnetworks/private",
            "--disable-public-ips",
            "--dataflow-kms-key=projects/p/locations/r/keyRings/k/cryptoKeys/c",
            "--additional-user-labels=team=growth,cost=42",
            "--worker-machine-type=n2-highmem-4",
            "--max-workers=10");
    List<String> command =
        new ArrayList<>(List.of("runners/dataflow/launch-template", "b", "p", "r"));
    command.addAll(options);
    command.addAll(List.of("output=gs://b/personas", "spec=gs://b/s.yaml"));
    List<String> call = callsOfGcloud(command.toArray(String[]::new)).get(0);
    assertEquals(options, call.subList(call.size() - options.size(), call.size()));
    assertEquals(
        "^~^output=gs://b/personas~spec=gs://b/s.yaml", call.get(call.indexOf("--parameters") + 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pubsub://projects/p/subscriptions/users", "projects/p/subscriptions/users"})
  void launchTemplateLaunchesAStreamOfASubscription(String input) throws Exception {
    List<String> call =
        callsOfGcloud("runners/dataflow/launch-template", "b", "p", "r", "input=" + input).get(0);
    assertTrue(call.contains("gs://b/templates/beam-personas-stream.json"), call.toString());
  }

  /** The form of a template fills in names of Pub/Sub, not addresses. */
  @Test
  void namesOfPubSubAreTaken() {
    assertEquals(
        List.of(
            "score",
            "--model=gs://b/m",
            "--input=pubsub://projects/p/subscriptions/s",
            "--output=pubsub://projects/p/topics/t",
            "--deadLetters=pubsub://projects/p/topics/d"),
        List.of(
            TemplateMain.withCommand(
                new String[] {
                  "--model=gs://b/m",
                  "--input=projects/p/subscriptions/s",
                  "--output=pubsub://projects/p/topics/t",
                  "--deadLetters=projects/p/topics/d"
                })));
  }
}
