package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;

/**
 * Checks that scoring the users of a training gives the assignments of the training, byte for byte.
 */
class ScoreTest {
  private static final String FIRST = "src/test/resources/models/format-1.json";

  @TempDir static Path folder;
  private static Run trained;
  private static Path users;

  @BeforeAll
  static void train() throws IOException {
    users = Files.write(folder.resolve("users.csv"), Run.simulated(30_000, 11));
    trained =
        Run.segment(
                folder.resolve("trained"),
                "--spec=src/test/resources/specs/seven-of-three.yaml",
                "--input=" + users,
                "--rangeMegabytes=1",
                "--slots=2")
            .succeeded();
    assertEquals(2, trained.files("assignments").size());
  }

  private static Run score(String name, String model, String... flags) {
    Path output = folder.resolve(name);
    List<String> args =
        new ArrayList<>(List.of("score", "--quiet", "--model=" + model, "--output=" + output));
    args.addAll(List.of(flags));
    return Run.command(output, args.toArray(String[]::new));
  }

  private static String model() {
    return folder.resolve("trained/model.json").toString();
  }

  private static Map<String, String> contents(List<Path> files) throws IOException {
    Map<String, String> contents = new java.util.TreeMap<>();
    for (Path file : files) {
      contents.put(file.getFileName().toString(), Files.readString(file));
    }
    return contents;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner",
        "--runner=FlinkRunner --parallelism=2",
        "--runner=FlinkRunner --parallelism=2 --useDataStreamForBatch=true"
      })
  void givesTheAssignmentsOfTheTraining(String runner) throws IOException {
    List<String> flags = new ArrayList<>(List.of(runner.split(" ", -1)));
    flags.addAll(List.of("--input=" + users, "--rangeMegabytes=1", "--slots=2"));
    Run run =
        score("s" + Integer.toHexString(runner.hashCode()), model(), flags.toArray(String[]::new))
            .succeeded();
    assertEquals(contents(trained.files("assignments")), contents(run.files("assignments")));
    assertEquals(contents(trained.files("rejected")), contents(run.files("rejected")));
    assertEquals(
        List.of(
            "assignments-00000.csv",
            "assignments-00001.csv",
            "ledger.csv",
            "rejected-00000.csv",
            "run.json",
            "score.json"),
        run.names());
    assertEquals(trained.model().ledger(), run.score().ledger());
    assertEquals(trained.model().inertia(), run.score().inertia());
  }

  @Test
  void oneUserGetsTheRowThatTheTrainingGave() throws IOException {
    List<String> lines = Files.readAllLines(users);
    Path one = Files.write(folder.resolve("one.csv"), List.of(lines.get(0), lines.get(777)));
    Run run = score("one", model(), "--input=" + one).succeeded();
    String id = lines.get(777).split(",", -1)[0];
    assertEquals(
        trained.rows("assignments").stream().filter(row -> row.startsWith(id + ",")).toList(),
        run.rows("assignments"));
  }

  @Test
  void aModelOfTheFirstFormatScoresOnceItKnowsTheId() throws IOException {
    String input = "--input=data/customer_segmentation_data.csv";
    Run without = score("first", FIRST, input);
    assertEquals(ExitCode.USAGE, without.exitCode());
    assertTrue(without.errors().startsWith("--id: missing; the model is of version 1.0"));
    Run run =
        score("first", FIRST, input, "--id=user_id", "--passThrough=expected_persona").succeeded();
    assertEquals(
        Files.readString(Path.of("src/test/resources/golden/sample-assignments.csv")),
        Files.readString(run.files("assignments").get(0)));
  }

  @Test
  void aMissingColumnIsRefusedWithBothSchemas() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("less.csv"), "user_id,Login frequency (weekly),x\nu1,1,2\n");
    Run run = score("less", model(), "--input=" + table);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    List<String> lines = run.errors().lines().toList();
    assertEquals(table + ": lacks columns that the model needs", lines.get(0));
    assertEquals(
        List.of("the model needs", "the input has"), List.of(lines.get(1).strip().split(" {2,}")));
    assertTrue(run.errors().matches("(?s).*\n  user_id \\(id\\) +user_id\n.*"), run.errors());
    assertTrue(
        run.errors().matches("(?s).*\n  login_frequency_weekly +MISSING; nearest is Login freq.*"),
        run.errors());
    assertTrue(run.errors().endsWith("  x\n"), run.errors());
  }

  @Test
  void refusesAMissingKeyOfJsonLines() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("less.jsonl"),
            """

            {"user_id": "u1", "loginFrequencyWeekly": 1}
            no JSON
            {"user_id": "u2", "y": {"templates_used_monthly": 1}}
            """);
    Run run = score("keys", model(), "--input=" + table);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(
        run.errors().startsWith(table + ": lacks columns that the model needs\n"), run.errors());
    assertTrue(run.errors().matches("(?s).*\n  user_id \\(id\\) +user_id\n.*"), run.errors());
    assertTrue(
        run.errors()
            .matches(
                "(?s).*\n  login_frequency_weekly +MISSING; nearest is loginFrequencyWeekly\n.*"),
        run.errors());
    assertTrue(run.errors().contains("templates_used_monthly"), run.errors());
    assertTrue(run.errors().endsWith("  y.templates_used_monthly\n"), run.errors());
  }

  @Test
  void dirtyRecordsAreKeptApartAndCounted() throws IOException {
    List<String> lines = new ArrayList<>(Run.simulated(20, 1));
    lines.add("u99,x,1,1,1,1,Nobody");
    lines.add("short");
    Path table = Files.write(folder.resolve("dirty.csv"), lines);
    Run run = score("dirty", model(), "--input=" + table, "--maxRejectedShare=0.1").succeeded();
    assertEquals(22, run.score().ledger().read());
    assertEquals(20, run.score().ledger().assigned());
    assertEquals(Map.of("field_count", 1L, "not_a_number", 1L), run.score().ledger().rejected());
    assertEquals(2, run.rows("rejected").size());
    assertEquals(20, run.score().personas().stream().mapToLong(persona -> persona.users()).sum());
  }

  @Test
  void noValidRecordIsRefused() throws IOException {
    List<String> lines = List.of(Run.simulated(1, 1).get(0), "u1,x,x,x,x,x,x");
    Path table = Files.write(folder.resolve("none.csv"), lines);
    Run run = score("none", model(), "--input=" + table);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(run.errors().startsWith("The only record was rejected."), run.errors());
  }

  @Test
  void theFolderOfATrainingIsNotTaken() throws IOException {
    String before = trained.modelText();
    Run run = score("trained", model(), "--input=" + users);
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(
        run.errors().contains("model.json exists; name a folder without a trained model"),
        run.errors());
    assertEquals(before, trained.modelText());
  }

  @Test
  void mistakesAreRefusedByName() {
    for (List<String> each :
        List.of(
            List.of("", "--input: missing; score needs --model and --input\n"),
            List.of("--input=none.csv", "--input: none.csv: no such file\n"),
            List.of("--input=" + users + " --slots=0", "--slots: 0 is not in 1..100000\n"))) {
      Run run =
          score(
              "wrong", model(), each.get(0).isEmpty() ? new String[0] : each.get(0).split(" ", -1));
      assertEquals(ExitCode.USAGE, run.exitCode(), each.get(0));
      assertEquals(each.get(1), run.errors());
    }
    Run run = score("wrong", folder.resolve("no.json").toString(), "--input=" + users);
    assertTrue(run.errors().endsWith("no.json: no such file\n"), run.errors());
  }

  @Test
  void aTemplateScoresWhereItGetsAModel() {
    assertEquals(
        List.of("score", "--input=x", "--model=m"),
        List.of(TemplateMain.withCommand(new String[] {"--input=x", "--model=m"})));
    assertEquals(
        List.of("segment", "--input=x"),
        List.of(TemplateMain.withCommand(new String[] {"--input=x"})));
  }

  @Test
  void aDryRunTranslatesForDataflow() throws IOException {
    Path job = folder.resolve("score-job.json");
    Run.command(
            folder.resolve("dry"),
            "score",
            "--quiet",
            "--model=" + model(),
            "--runner=DataflowRunner",
            "--dryRun",
            "--project=fake-project",
            "--region=us-central1",
            "--tempLocation=gs://fake-bucket/tmp",
            "--input=gs://fake-bucket/users.csv",
            "--output=gs://fake-bucket/out",
            "--jobFile=" + job)
        .succeeded();
    String text = Files.readString(job);
    assertTrue(text.contains("Take model") && text.contains("Assign users/Assign slot"));
    assertTrue(!text.contains("Iteration 01"));
  }
}
