package personas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks that imports point downward and that three packages import Beam. */
class ArchitectureTest {
  /** All folders; a folder imports folders that stand below it. */
  private static final List<String> TOP_DOWN =
      List.of(
          "cli",
          "cli.command",
          "cli.job",
          "cli.console",
          "cli.plan",
          "cli.result",
          "cli.runner",
          "cli.option",
          "cli.exit",
          "pipeline",
          "pipeline.publish",
          "pipeline.assign",
          "pipeline.iterate",
          "pipeline.read",
          "pipeline.stream",
          "pipeline.combine",
          "run.events",
          "run.events.measure",
          "run.history",
          "run.rename",
          "run.resume",
          "run.shard",
          "run.join",
          "run.state",
          "run.publication",
          "run",
          "connector",
          "connector.kafka",
          "connector.pubsub",
          "connector.bigquery",
          "connector.jdbc",
          "connector.files",
          "connector.contract",
          "connector.stream",
          "connector.storage",
          "",
          "export",
          "export.typing",
          "report",
          "report.terminal",
          "report.section",
          "report.render",
          "report.rule",
          "report.statistic",
          "report.privacy",
          "report.data",
          "model.timeline",
          "model.train",
          "model.assignment",
          "model.score",
          "model.explain",
          "model.replay",
          "model.compare",
          "model.table",
          "model",
          "inspect",
          "spec.yaml",
          "spec",
          "spec.event",
          "persona",
          "describe",
          "kmeans.selection",
          "kmeans.valley",
          "kmeans.seeding",
          "kmeans.metric",
          "kmeans",
          "kmeans.sum",
          "table.write",
          "table.read",
          "table.csv",
          "table.json",
          "table.parquet",
          "table.avro",
          "table.record",
          "table.encoding",
          "table",
          "table.bytes",
          "table.ledger",
          "feature.moments",
          "feature.shard",
          "feature",
          "text.sql",
          "text",
          "confidence",
          "math");

  private static final List<String> MAY_USE_BEAM = List.of("cli", "pipeline", "connector");
  private static final Pattern OWN = Pattern.compile("\\bpersonas((?:\\.[a-z]\\w*)+)\\.[A-Z*]");

  private static String folder(Path file) {
    return Path.of("src/main/java/personas")
        .relativize(file.getParent())
        .toString()
        .replace('/', '.');
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas"))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  @Test
  void everyFolderIsInTheOrder() throws IOException {
    assertEquals(
        TOP_DOWN.stream().sorted().toList(),
        sources().stream().map(ArchitectureTest::folder).distinct().sorted().toList());
  }

  @Test
  void importsPointDownwardButForAListThatOnlyBecomesShorter() throws IOException {
    Set<String> upward = new TreeSet<>();
    int seen = 0;
    for (Path file : sources()) {
      String code = Files.readString(file);
      seen += (int) OWN.matcher(code).results().count();
      upward(folder(file), code).forEach(name -> upward.add(folder(file) + " > " + name));
    }
    assertTrue(seen > 100, "references seen: " + seen);
    assertEquals(Set.of(), upward, "imports that point upward");
  }

  private static List<String> upward(String folder, String code) {
    return OWN.matcher(code)
        .results()
        .map(used -> used.group(1).substring(1))
        .filter(used -> TOP_DOWN.indexOf(used) < TOP_DOWN.indexOf(folder))
        .toList();
  }

  @Test
  void anUpwardReferenceOfAnyFormIsSeen() {
    assertEquals(List.of("cli"), upward("math", "import personas.cli.Main;"));
    assertEquals(List.of("cli.plan"), upward("math", "import personas.cli.plan.*;"));
    assertEquals(List.of("spec"), upward("persona", "import static personas.spec.Spec.read;"));
    assertEquals(List.of("feature"), upward("math", "new personas.feature.Feature()"));
    assertEquals(List.of(), upward("cli", "import personas.math.Grid;"));
    assertEquals(List.of(), upward("math", "import personas.math.Grid;"));
  }

  @Test
  void everyFolderOfSourcesSaysWhatItIs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/personas"))) {
      List<Path> folders =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .toList();
      assertEquals(TOP_DOWN.size(), folders.size());
      for (Path folder : folders) {
        assertTrue(Files.exists(folder.resolve("package-info.java")), folder.toString());
      }
    }
  }

  @Test
  void beamIsInThreePackagesOnly() throws IOException {
    List<String> strays = new ArrayList<>();
    int seen = 0;
    for (Path file : sources()) {
      if (Files.readString(file).contains("org.apache.beam")) {
        seen++;
        if (!MAY_USE_BEAM.contains(folder(file).replaceFirst("\\..*", ""))) {
          strays.add(file.toString());
        }
      }
    }
    assertTrue(seen > 5, "files seen: " + seen);
    assertEquals(List.of(), strays);
  }
}
