package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.console.Help;
import personas.cli.option.CompareOptions;
import personas.cli.option.ReportOptions;
import personas.cli.option.ScoreOptions;
import personas.cli.option.SegmentOptions;
import personas.cli.option.SimulateOptions;
import personas.table.ledger.Rejection;

/** What the README says of flags, columns, keys and commands is what the program does. */
class ReadmeTest {
  @TempDir Path folder;

  private static String readme() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static String section(String heading) throws IOException {
    String text = readme();
    int start = text.indexOf("## " + heading + "\n");
    return text.substring(start, text.indexOf("\n## ", start + 3));
  }

  @Test
  void theTableOfFlagsIsComplete() throws IOException {
    Set<String> shown = new TreeSet<>();
    Matcher flag = Pattern.compile("`--(\\w+)`").matcher(section("Flags"));
    while (flag.find()) {
      shown.add(flag.group(1));
    }
    Set<String> declared = new TreeSet<>(Help.flags(SegmentOptions.class).keySet());
    declared.addAll(Help.flags(SimulateOptions.class).keySet());
    declared.addAll(Help.flags(ScoreOptions.class).keySet());
    declared.addAll(Help.flags(CompareOptions.class).keySet());
    declared.addAll(Help.flags(ReportOptions.class).keySet());
    assertEquals(declared, shown);
  }

  @Test
  void theColumnsAreThoseThatAreWritten() throws IOException {
    Run run = Run.segment(folder.resolve("out")).succeeded();
    String outputs = section("What it writes");
    String assignments = Files.readAllLines(run.files("assignments").get(0)).get(0);
    assertTrue(assignments.endsWith(",expected_persona"), assignments);
    assertTrue(outputs.contains("`" + assignments.replace(",expected_persona", "`")), assignments);
    assertTrue(outputs.contains("`" + Rejection.CSV_HEADER + "`"));
    String iterations = Files.readAllLines(folder.resolve("out/iterations.csv")).get(0);
    assertTrue(outputs.contains("`" + iterations.replaceAll(",users_\\d", "") + "`"), iterations);
    String selection = Files.readAllLines(folder.resolve("out/k_selection.csv")).get(0);
    assertTrue(outputs.contains("`" + selection + "`"), selection);
    for (String name : run.names()) {
      assertTrue(outputs.contains("`" + name.replaceAll("-\\d+", "-*") + "`"), name);
    }
  }

  @Test
  void theKeysOfASpecAreThoseThatAreRead() throws IOException {
    String reader =
        Files.readString(Path.of("src/main/java/personas/spec/yaml/SpecReader.java"))
            + Files.readString(Path.of("src/main/java/personas/spec/yaml/OutputKeys.java"))
            + Files.readString(Path.of("src/main/java/personas/spec/yaml/BigQueryKeys.java"));
    String specs = section("Specs");
    Matcher keys = Pattern.compile("\\.?keys\\(\\s*((\"\\w+\",?\\s*)+)\\)").matcher(reader);
    int seen = 0;
    while (keys.find()) {
      for (String key : keys.group(1).replaceAll("[\"\\s]", "").split(",", -1)) {
        seen++;
        assertTrue(specs.matches("(?s).*[`.]" + key + "[`.\\[].*"), key);
      }
    }
    assertEquals(7 + 8 + 6 + 6 + 3 + 5 + 3 + 5 + 2 + 1, seen);
  }

  @Test
  void theMapNamesEveryPackageAndFolder() throws IOException {
    String map = readme().substring(readme().indexOf("## Map"));
    try (var packages = Files.list(Path.of("src/main/java/personas"))) {
      packages.forEach(
          pack -> assertTrue(map.contains("  " + pack.getFileName() + " "), pack.toString()));
    }
  }

  @Test
  void theTopLevelHoldsWhatItMay() throws IOException {
    try (var files = Files.list(Path.of("."))) {
      assertEquals(
          Set.of("LICENSE", "README.md", "data", "pipelines", "pom.xml", "runners", "src"),
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith(".") && !Set.of("target", "out").contains(name))
              .collect(java.util.stream.Collectors.toSet()));
    }
  }
}
