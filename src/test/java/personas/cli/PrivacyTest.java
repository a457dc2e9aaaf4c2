package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a report shows no value of a table in which all values differ. */
class PrivacyTest {
  private static final String SPEC =
      """
      name: secret
      input: {id: id, maxRejectedShare: 0.5, passThrough: [mail]}
      features:
        - {name: spend}
        - {name: visits, missing: median}
        - {name: level, type: category, levels: [gold, plain], missing: level}
        - {name: far, winsorize: 0.9}
      describe: [income, note, joined]
      clustering: {k: 3, seed: 7}
      """;

  @TempDir Path folder;

  private final List<String> markers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  @BeforeEach
  void writeTable() throws IOException {
    SplittableRandom random = new SplittableRandom(20);
    StringBuilder table = new StringBuilder("id,spend,visits,level,far,income,note,joined,mail\n");
    for (int i = 0; i < 90; i++) {
      boolean isRich = i % 3 == 0;
      // One user is a persona of his own, and two have a level that nobody else has.
      String spend = marker(random, i == 77 ? 90_000 : isRich ? 900 : 10);
      table.append(text("id", random)).append(',').append(spend).append(',');
      table.append(i % 30 == 4 ? "" : marker(random, isRich ? 80 : 20)).append(',');
      table.append(i == 5 || i == 6 ? "gold" : "plain").append(',');
      table.append(marker(random, 5)).append(',').append(marker(random, 5_000)).append(',');
      table.append(text("note", random)).append(',');
      table.append("20").append(10 + i % 90 / 8).append("-01-").append(10 + i % 19).append(',');
      table.append(text("mail", random)).append('\n');
    }
    for (int i = 0; i < 12; i++) {
      // Ten of one reason and two of another.
      table.append(text("id", random)).append(',');
      table.append(i < 10 ? "$" + marker(random, 7_000) + "x" : "").append(",1,plain,1,1,n,,m\n");
    }
    Files.writeString(folder.resolve("users.csv"), table);
  }

  private String marker(SplittableRandom random, double size) {
    String number = Double.toString(size * (0.5 + random.nextDouble()));
    markers.add(number);
    return number;
  }

  private String text(String kind, SplittableRandom random) {
    String text = kind + "q" + Long.toString(random.nextLong() >>> 1, 36);
    texts.add(text);
    return text;
  }

  private Run run(String name, String more) throws IOException {
    Path spec = Files.writeString(folder.resolve(name + ".yaml"), SPEC + more);
    return Run.segment(
            folder.resolve(name), "--spec=" + spec, "--input=" + folder.resolve("users.csv"))
        .succeeded();
  }

  private String report(Run run, String name) throws IOException {
    return Files.readString(run.output().resolve(name));
  }

  private long found(String text) {
    return markers.stream().filter(text::contains).count()
        + texts.stream().filter(text::contains).count();
  }

  @Test
  void noValueOfAPersonIsInTheReport() throws IOException {
    Run closed = run("closed", "");
    for (String file : List.of("report.html", "report.json")) {
      String report = report(closed, file);
      assertEquals(List.of(), markers.stream().filter(report::contains).toList(), file);
      assertEquals(List.of(), texts.stream().filter(report::contains).toList(), file);
    }
    Run open = run("open", "privacy: off\n");
    assertTrue(found(report(open, "report.json")) > 10, "the markers would be found");
    assertEquals(closed.rows("assignments"), open.rows("assignments"));
    assertEquals(closed.modelTextOfAnySpec(), open.modelTextOfAnySpec());
  }

  @Test
  void hidesSmallGroups() throws IOException {
    JsonNode report = new ObjectMapper().readTree(report(run("closed", ""), "report.json"));
    int hidden = 0;
    for (JsonNode persona : report.get("personas")) {
      if (persona.get("users").isNull()) {
        hidden++;
        assertEquals("Persona " + persona.get("id"), persona.get("name").asText());
        assertTrue(persona.get("mean").get(0).isNull(), persona.toString());
      }
    }
    assertEquals(1, hidden);
    // Two of 90 users are gold.
    assertTrue(report.get("features").get(2).get("mean").isNull());
    assertEquals("not_a_number", report.at("/ledger/reasons/0/reason").asText());
    assertEquals("other_reasons", report.at("/ledger/reasons/1/reason").asText());
    assertTrue(report.at("/ledger/reasons/1/records").isNull());
    for (JsonNode example : report.at("/ledger/examples")) {
      assertEquals("not_a_number", example.get("reason").asText());
      assertFalse(example.get("record").asText().matches(".*[0-8a-wyz].*"), example.toString());
    }
    assertEquals(5, report.at("/privacy/minGroup").asInt());
  }

  @Test
  void aSpecMayAskForLargerGroups() throws IOException {
    JsonNode report =
        new ObjectMapper()
            .readTree(report(run("large", "privacy: {minGroup: 40}\n"), "report.json"));
    int shown = 0;
    for (JsonNode persona : report.get("personas")) {
      shown += persona.get("users").isNull() ? 0 : 1;
    }
    assertEquals(1, shown);
  }
}
