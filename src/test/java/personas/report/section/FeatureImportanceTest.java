package personas.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.Run;

/** Checks the importance of columns on a table in which it is known. */
class FeatureImportanceTest {
  @TempDir private Path folder;

  /** Two groups that differ in a and in plan; noise differs in nobody. */
  private JsonNode report() throws IOException {
    Random random = new Random(3);
    StringBuilder csv = new StringBuilder("id,a,noise,plan\n");
    for (int i = 0; i < 600; i++) {
      int group = i % 2;
      csv.append(
          String.format(
              Locale.ROOT,
              "u%d,%.3f,%.3f,%s%n",
              i,
              10 * group + random.nextGaussian(),
              random.nextGaussian(),
              random.nextInt(10) == 0 ? "trial" : group == 0 ? "basic" : "pro"));
    }
    Path input = Files.writeString(folder.resolve("users.csv"), csv.toString());
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "name: known\ninput: {id: id}\nfeatures: [{name: a}, {name: noise}, {name: plan, type:"
                + " category, levels: [basic, pro]}]\n");
    Run run =
        Run.segment(folder.resolve("out"), "--spec=" + spec, "--input=" + input, "--k=2")
            .succeeded();
    return new ObjectMapper().readTree(run.output().resolve("report.json").toFile());
  }

  @Test
  void theColumnThatMakesTheGroupsComesFirstAndNoiseLast() throws IOException {
    JsonNode importance = report().path("importance");
    assertEquals(
        List.of("A", "Plan", "Noise"), importance.findValuesAsText("label"), importance.toString());
    assertTrue(importance.get(0).path("explained").asDouble() > 0.95, importance.toString());
    assertEquals(3, importance.get(1).path("features").size(), "basic, pro and other");
    // 45 % basic, 45 % pro, 10 % other: 2 * 0.45² of 2 * 0.45 * 0.55 + 0.1 * 0.9.
    assertEquals(0.692, importance.get(1).path("explained").asDouble(), 0.05);
    assertTrue(importance.get(2).path("explained").asDouble() < 0.02, importance.toString());
    assertTrue(importance.get(0).path("silhouetteDrop").asDouble() > 0.1, importance.toString());
    assertTrue(importance.get(2).path("silhouetteDrop").asDouble() < 0, "apart without noise");
  }
}
