package personas.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.model.Model;

/**
 * Runs the command {@code rename} and checks all results, later runs, {@code verify} and refusals.
 */
class RenameTest {
  private static final String OLD = "Old \"hands\", the";
  private static final String NEW = "=Sleepers (größte)";

  @TempDir static Path folder;
  private static Path january;
  private static Path february;

  @BeforeAll
  static void write() throws IOException {
    january = Files.writeString(folder.resolve("january.csv"), table(0, 240));
    february = Files.writeString(folder.resolve("february.csv"), table(30, 270));
  }

  /** Users of three kinds; some of them change their kind from month to month. */
  private static String table(int from, int to) {
    Random random = new Random(7);
    StringBuilder csv = new StringBuilder("user,spend,visits,note,churned\n");
    for (int i = 0; i < to; i++) {
      int kind = (i + (i % 11 == 0 ? from : 0)) % 3;
      int spend = 100 * kind + random.nextInt(60);
      int visits = 40 - 15 * kind + random.nextInt(20);
      // A copied text that is the name of a persona stays.
      String note = i % 5 == 0 ? "\"Old \"\"hands\"\", the\"" : "n" + i;
      String churned = kind == 0 && i % 2 == 0 ? "yes" : "no";
      if (i >= from) {
        csv.append("u%04d,%d,%d,%s,%s%n".formatted(i, spend, visits, note, churned));
      }
    }
    return csv.toString();
  }

  private static Path spec(String name, String persona, String format) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: users
        input: {id: user, passThrough: [note]}
        output: {format: %s, audiences: files}
        describe: [churned]
        features:
          - {name: spend}
          - {name: visits}
        clustering: {k: 3, restarts: 1}
        personas:
          - {name: '%s', profile: {spend: high, visits: low}, strategy: wake them}
          - {name: Old, profile: {spend: low, visits: high}}
        """
            .formatted(format, persona));
  }

  private static Run segment(String name, Path spec, Path input, String... flags) {
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new)).succeeded();
  }

  private static Run rename(Run run, String persona, String name) {
    return Run.command(
        run.output(),
        "rename",
        "--quiet",
        "--model=" + run.output().resolve("model.json"),
        "--persona=" + persona,
        "--name=" + name);
  }

  private static Map<String, byte[]> files(Run run) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(run.output())) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    files.keySet().removeIf(name -> name.startsWith(Folder.PUBLICATION_PREFIX));
    return files;
  }

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  /** The oracle is a run of which the spec calls the persona by the new name. */
  @ParameterizedTest
  @ValueSource(strings = {"csv", "avro", "parquet"})
  void theResultsMatchARunWithTheNewName(String format) throws IOException {
    Map<String, Map<String, byte[]>> results = new HashMap<>();
    for (String persona : List.of(OLD, NEW)) {
      String name = format + persona.length();
      Path spec = spec(name, persona, format);
      Run first = segment(name + "-1", spec, january);
      Run second = segment(name + "-2", spec, february, "--previous=" + first.output());
      if (persona.equals(OLD)) {
        assertEquals(ExitCode.DONE, rename(second, OLD, NEW).exitCode());
      }
      results.put(persona, files(second));
    }
    Map<String, byte[]> renamed = results.get(OLD);
    Map<String, byte[]> expected = results.get(NEW);
    assertEquals(expected.keySet(), renamed.keySet());
    assertTrue(
        renamed.containsKey("audience-left-sleepers-grosste-00000.csv"),
        renamed.keySet()::toString);
    for (String name : expected.keySet()) {
      boolean namesTheSpec = name.matches("(model|run|report)\\..*|model-spec.yaml");
      if (!namesTheSpec) {
        assertArrayEquals(expected.get(name), renamed.get(name), name);
      }
    }
    assertEquals(withoutDigests(expected, "report.json"), withoutDigests(renamed, "report.json"));
    assertEquals(withoutDigests(expected, "run.json"), withoutDigests(renamed, "run.json"));
  }

  private static String withoutDigests(Map<String, byte[]> files, String name) {
    return text(files, name)
        .replaceAll("\"[0-9a-f]{64}\"", "digest")
        .replaceAll("\"seconds\":[0-9.]+", "seconds");
  }

  @Test
  void runJsonHasTheDigestOfTheNewModelAndTheMarkerSaysThatAllIsPublished() throws IOException {
    Run run = segment("digest", spec("digest", OLD, "csv"), january);
    assertEquals(0, rename(run, OLD, NEW).exitCode());
    byte[] model = Files.readAllBytes(run.output().resolve("model.json"));
    assertEquals(Hashing.sha256(model), run.outcome().digests().model());
    assertTrue(
        Files.readString(run.output().resolve(Folder.PUBLICATION_PREFIX + 2))
            .startsWith("PUBLISHED"));
    assertFalse(run.names().stream().anyMatch(name -> name.startsWith(".")), run.names()::toString);
  }

  @Test
  void laterRunsKeepTheNameOfADeclaredAndOfAMadePersona() throws IOException {
    Path spec = spec("kept", OLD, "csv");
    Run first = segment("kept-1", spec, january);
    String made = persona(first.model(), false);
    assertEquals(0, rename(first, OLD, "Interim").exitCode());
    assertEquals(0, rename(first, "Interim", NEW).exitCode());
    assertEquals(0, rename(first, made, "Dozers").exitCode());
    Run second = segment("kept-2", spec, february, "--previous=" + first.output());
    Run third = segment("kept-3", spec, february, "--previous=" + second.output());
    for (Run run : List.of(first, second, third)) {
      Model model = run.model();
      assertEquals(
          List.of(NEW, "Old", "Dozers"),
          model.clusters().stream().map(Model.ClusterModel::persona).toList());
      assertEquals(OLD, model.clusters().get(0).renamedFrom());
      assertEquals("wake them", model.clusters().get(0).strategy());
      assertTrue(model.clusters().get(0).declared());
      assertEquals(made, model.clusters().get(2).renamedFrom());
      assertEquals(Map.of(), model.unmatchedPersonas());
    }
    assertTrue(
        second.drift().personas().stream().allMatch(p -> p.previousPersona() == null),
        second.drift()::toString);
  }

  private static String persona(Model model, boolean declared) {
    return model.clusters().stream()
        .filter(cluster -> cluster.declared() == declared)
        .findFirst()
        .orElseThrow()
        .persona();
  }

  @Test
  void verifyAndScoreTakeARenamedRun() throws IOException {
    Run run = segment("verified", spec("verified", OLD, "csv"), january);
    assertEquals(0, rename(run, OLD, NEW).exitCode());
    String model = "--model=" + run.output().resolve("model.json");
    Run.command(folder, "verify", "--quiet", model, "--input=" + january).succeeded();
    Run later =
        segment("verified-2", spec("verified", OLD, "csv"), february, "--previous=" + run.output());
    assertEquals(0, rename(later, NEW, "Third").exitCode());
    Run.command(
            folder,
            "verify",
            "--quiet",
            "--model=" + later.output().resolve("model.json"),
            "--input=" + february,
            "--previousModel=" + run.output().resolve("model.json"))
        .succeeded();
    Path scored = folder.resolve("scored");
    Run.command(scored, "score", "--quiet", model, "--input=" + january, "--output=" + scored)
        .succeeded();
    String rows = String.join("\n", new Run(0, "", scored).rows("assignments"));
    assertTrue(rows.contains(",\"'" + NEW + "\","), rows.substring(0, 300));
  }

  @Test
  void refusesInvalidNamesAndChangesNothing() throws IOException {
    Run run = segment("refused", spec("refused", OLD, "csv"), january);
    Map<String, byte[]> before = files(run);
    refuses(
        "--persona: Nobody: is not a persona of the run; the personas of the run are 'Old \"hands\", the'",
        run,
        "Nobody",
        "A");
    refuses("--name: is empty", run, OLD, "  ");
    refuses("--name: OLD: is already the name of persona 1 of the run", run, OLD, "OLD");
    refuses("is already the name of persona 0 of the run", run, OLD, OLD);
    refuses("has a control character", run, OLD, "two\nlines");
    Path other = Files.createDirectories(folder.resolve("empty"));
    refuses("no such file", new Run(0, "", other), OLD, "A");
    assertEquals(before.keySet(), files(run).keySet());
    for (String name : before.keySet()) {
      assertArrayEquals(before.get(name), files(run).get(name), name);
    }
  }

  private static void refuses(String why, Run run, String persona, String name) {
    Run refused = rename(run, persona, name);
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
    assertTrue(refused.errors().contains(why), refused.errors());
  }

  /** The marker of a run whose publish folder is there. */
  @Test
  void aFolderToWhichARunPublishesIsRefused() throws IOException {
    Run run = segment("locked", spec("locked", OLD, "csv"), january);
    Files.writeString(
        run.output().resolve(Folder.PUBLICATION_PREFIX + 9), "PUBLISHING other attempt\n");
    Files.createDirectories(run.output().resolve(Folder.STAGING_PREFIX + "other"));
    refuses("another run publishes to this folder", run, OLD, NEW);
    assertEquals(OLD, run.model().clusters().get(0).persona());
  }
}
