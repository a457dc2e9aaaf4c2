package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/** Checks that labels and units of the spec change only names and sentences. */
class FeatureWordsTest {
  private static final String FEATURES =
      """
      name: shop
      input: {id: id}
      features:
        - {name: recency_days%s}
        - {name: orders%s}
        - {name: plan, type: category, levels: [pro, basic]%s}
      """;

  @TempDir private Path folder;

  private Path input() throws IOException {
    StringBuilder csv = new StringBuilder("id,recency_days,orders,plan\n");
    for (int i = 0; i < 300; i++) {
      int group = i % 3;
      csv.append("u").append(i).append(',');
      csv.append(List.of(12, 200, 90).get(group) + i % 5 - 2).append(',');
      csv.append(List.of(30, 2, 3).get(group) + i % 2).append(',');
      csv.append(List.of("pro", "basic", "pro").get(group)).append('\n');
    }
    return Files.writeString(folder.resolve("users.csv"), csv.toString());
  }

  private Run run(String name, String recency, String orders, String plan) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve(name + ".yaml"), FEATURES.formatted(recency, orders, plan));
    return Run.segment(folder.resolve(name), "--spec=" + spec, "--input=" + input(), "--k=3");
  }

  private static JsonNode json(Run run, String file) throws IOException {
    return new ObjectMapper().readTree(run.output().resolve(file).toFile());
  }

  private static List<String> personas(Run run, String key) throws IOException {
    return StreamSupport.stream(json(run, "report.json").path("personas").spliterator(), false)
        .map(persona -> persona.path(key).asText())
        .sorted()
        .toList();
  }

  @Test
  void aLabelWithAUnitSaysTheFigure() throws IOException {
    Run run =
        run(
                "words",
                ", label: last order, unit: days ago, betterIs: lower",
                ", label: orders a year",
                ", label: Plan")
            .succeeded();
    List<String> names = personas(run, "name");
    assertTrue(names.stream().anyMatch(name -> name.contains("ast order 12 days ago")), "" + names);
    assertTrue(names.stream().noneMatch(name -> name.contains("recency_days")), "" + names);
    assertTrue(names.stream().anyMatch(name -> name.contains("Plan: pro")), "" + names);
    List<String> summaries = personas(run, "summary");
    assertTrue(
        summaries.stream().anyMatch(s -> s.contains("ast order 12 days ago (all users: 101 days")),
        "" + summaries);
    assertTrue(
        summaries.stream().anyMatch(s -> s.contains("× the average orders a year")),
        "" + summaries);
    JsonNode first = json(run, "report.json").path("features").get(0);
    assertEquals("Last order", first.path("label").asText());
    assertEquals("days ago", first.path("unit").asText());
  }

  /** Words do not change what the segmentation means, so a weekly run goes on without a break. */
  @Test
  void wordsChangeNeitherTheDigestNorTheUsers() throws IOException {
    Run plain = run("plain", "", "", "").succeeded();
    Run words = run("words", ", label: last order, unit: days ago", "", "").succeeded();
    assertEquals(
        json(plain, "model.json").path("spec").path("digest"),
        json(words, "model.json").path("spec").path("digest"));
    assertEquals(
        json(plain, "model.json").path("inertia"), json(words, "model.json").path("inertia"));
  }

  @Test
  void wordsThatAFeatureCannotHaveAreRefused() throws IOException {
    Run refused = run("refused", ", betterIs: cheap", "", ", unit: days");
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
    assertTrue(refused.errors().contains("features[0].betterIs: "), refused.errors());
    assertTrue(refused.errors().contains("higher, lower"), refused.errors());
    assertTrue(refused.errors().contains("features[2].unit: "), refused.errors());
  }
}
