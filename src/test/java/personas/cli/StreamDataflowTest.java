package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the translation and submission of a streaming score by the real client of Dataflow. No
 * message flows.
 */
class StreamDataflowTest {
  private static final String MODEL = "--model=src/test/resources/models/format-1-handover.json";
  private static final List<String> PUBSUB =
      List.of(
          "--input=pubsub://projects/fake-project/subscriptions/users",
          "--output=pubsub://projects/fake-project/topics/personas",
          "--deadLetters=pubsub://projects/fake-project/topics/dead");

  @TempDir Path folder;

  private Run score(List<String> places, List<String> flags) {
    List<String> args = new ArrayList<>(List.of("score", MODEL));
    args.addAll(places);
    args.addAll(flags);
    return Run.command(folder, args.toArray(String[]::new));
  }

  private static List<String> stepNames(JsonNode job) {
    return StreamSupport.stream(job.path("steps").spliterator(), false)
        .map(step -> step.path("properties").path("user_name").findPath("value").asText())
        .toList();
  }

  @Test
  void aStreamOfPubsubIsTranslated() throws IOException {
    Path jobFile = folder.resolve("job.json");
    score(
            PUBSUB,
            List.of(
                "--runner=DataflowRunner",
                "--dryRun",
                "--project=fake-project",
                "--region=us-central1",
                "--tempLocation=gs://fake-bucket/tmp",
                "--jobFile=" + jobFile))
        .succeeded();
    JsonNode job = new ObjectMapper().readTree(jobFile.toFile());
    List<String> steps = stepNames(job);
    assertTrue(steps.contains("Score messages"), steps.toString());
    String text = job.toString();
    assertTrue(text.contains("projects/fake-project/subscriptions/users"), text);
    assertTrue(text.contains("projects/fake-project/topics/personas"), text);
    assertTrue(text.contains("projects/fake-project/topics/dead"), text);
    assertEquals("JOB_TYPE_STREAMING", job.path("type").asText());
  }

  @Test
  void theJobArrivesAndTheCommandEnds() throws IOException {
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_RUNNING")) {
      List<String> flags = new ArrayList<>(cloud.dataflowFlags());
      flags.add("--filesToStage=" + jar);
      Run run = score(PUBSUB, flags).succeeded();
      assertTrue(
          run.errors().contains("The job is submitted. It runs until you drain"), run.errors());
      assertEquals(1, cloud.jobs().size());
      assertEquals("JOB_TYPE_STREAMING", cloud.jobs().get(0).path("type").asText());
      assertTrue(stepNames(cloud.jobs().get(0)).contains("Score messages"));
      assertEquals(List.of(), cloud.requestedStates());
    }
  }
}
