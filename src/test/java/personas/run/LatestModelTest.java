package personas.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.stream.StreamAddress;
import personas.model.score.ScoringColumns;

/** Checks the model of a stream: all tasks of a process share it, and there is always one. */
class LatestModelTest {
  private static final Path SAVED = Path.of("src/test/resources/models/format-1.json");
  private static final int AN_HOUR = 3_600;

  @TempDir Path folder;
  private Path file;
  private StreamPlan plan;

  @BeforeEach
  void aPlan() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    file = Files.copy(SAVED, folder.resolve("model.json"));
    ModelFile source =
        new ModelFile(file.toString(), new ScoringColumns("user_id", List.of()), null);
    StreamAddress topic = StreamAddress.parse("kafka://localhost:9092/users");
    plan =
        new StreamPlan(
            new StreamPlan.Topics(topic, topic, topic, "g", Map.of()),
            new StreamPlan.ServedModel(source, source.read(), AN_HOUR),
            AN_HOUR,
            false);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  @Test
  void tasksShareTheModelUntilTheLastIsReleased() throws IOException {
    LatestModel one = LatestModel.acquire(plan);
    LatestModel other = LatestModel.acquire(plan);
    assertSame(one, other);
    assertSame(plan.model().first(), one.get(), "the file has not changed");
    one.release();
    assertSame(other, LatestModel.acquire(plan));
    other.release();
    other.release();
    write(Files.readString(SAVED) + "\n");
    LatestModel later = LatestModel.acquire(plan);
    assertNotEquals(plan.model().first().digest(), later.get().digest(), "the model of now");
    assertEquals(0, later.takeFailures());
    later.release();
  }

  @Test
  void aFileThatIsNotAModelOfTheSegmentationDoesNotReplaceTheModel() throws IOException {
    String other = Files.readString(SAVED).replaceFirst("image-platform-users", "others");
    for (String text : List.of("", "{}", other)) {
      write(text);
      LatestModel latest = LatestModel.acquire(plan);
      assertSame(plan.model().first(), latest.get(), text);
      assertEquals(1, latest.takeFailures(), text);
      assertEquals(0, latest.takeFailures(), "taken once");
      latest.release();
    }
    Files.delete(file);
    LatestModel latest = LatestModel.acquire(plan);
    assertSame(plan.model().first(), latest.get());
    latest.release();
  }
}
