package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.kmeans.selection.PartitionKind;
import personas.model.Model;

/** Checks extreme inputs: each has a clear outcome, and no result holds NaN. */
class OutcomesTest {
  @TempDir Path folder;

  private static final String SPEC =
      """
      name: edge
      input: {id: id}
      features: [{name: a}, {name: b}]
      clustering: {k: 3}
      """;

  private Run segment(String table, String... flags) throws IOException {
    Path spec = Files.writeString(folder.resolve("edge.yaml"), SPEC);
    Path input = Files.writeString(folder.resolve("users.csv"), table);
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve("out"), all.toArray(String[]::new));
  }

  private String file() {
    return folder.resolve("users.csv").toString();
  }

  private void assertNothingIsLeft() throws IOException {
    Path out = folder.resolve("out");
    if (Files.exists(out)) {
      try (var files = Files.list(out)) {
        assertEquals(List.of(), files.toList());
      }
    }
  }

  @Test
  void aGraphThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Run run = segment("id,a,b\nu1,1,1\nu2,2,2\n", "--jobGraph=" + file + "/graph.dot");
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(
        run.errors().startsWith("--jobGraph: " + file + "/graph.dot: cannot be written ("),
        run.errors());
    assertTrue(
        run.errors().endsWith("); name a file in a local folder that you may write to\n"),
        run.errors());
    assertNothingIsLeft();
  }

  @Test
  void emptyFile() throws IOException {
    Run run = segment("");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(run.errors().contains("users.csv: is empty; a CSV file starts with a header line"));
    assertNothingIsLeft();
  }

  @Test
  void headerOnly() throws IOException {
    Run run = segment("id,a,b\n");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertEquals(
        "the input does not hold a record; check the pattern of --input and the files\n",
        run.errors());
    assertNothingIsLeft();
  }

  @Test
  void noValidRow() throws IOException {
    Run run = segment("id,a,b\nu1,x,1\nu2,,1\nu3,1\n");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertEquals(
        """
        All 3 records were rejected.
          The number of fields differs from the header line in 1 record, for example "2 fields\
         where the header has 3" (FILE, line 4). Check the delimiter and the quotes.
          Column `a` has no value in 1 record (the first: FILE, line 3). Declare `missing: median`,\
         `mean` or `zero` for it, or remove it from `features`.
          Column `a` holds text in 1 record, for example "x" (FILE, line 2). A feature is a number.\
         Declare `type: category` if the column names groups, list the text in `input.missing` if it\
         stands for a missing value, or remove it from `features`.
        """
            .replace("FILE", file()),
        run.errors());
    assertNothingIsLeft();
  }

  @Test
  void missingColumnNamesTheNearest() throws IOException {
    Run run = segment("id,A,c\nu1,1,2\n");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(
        run.errors().contains("users.csv: missing column 'a'; nearest is 'A'"), run.errors());
    assertNothingIsLeft();
  }

  @Test
  void missingFile() {
    Run run = Run.segment(folder.resolve("out"), "--input=" + folder.resolve("none.csv"));
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(run.errors().endsWith("none.csv: no such file\n"), run.errors());
  }

  @Test
  void allRowsIdentical() throws IOException {
    Run run = segment("id,a,b\nu1,5,7\nu2,5,7\nu3,5,7\nu4,5,7\n").succeeded();
    Model model = run.model();
    assertEquals(1, model.clusters().size());
    assertEquals(0, model.inertia());
    assertTrue(
        model
            .warnings()
            .contains("k is reduced from 3 to 1: the data has only 1 distinct feature vectors"),
        model.warnings().toString());
    assertTrue(
        model.warnings().contains("columns with a constant value, which have no influence: a, b"));
    assertFalse(run.modelText().contains("NaN"));
    assertEquals("u1,0,Average users,0.0000,,1.0000,false", run.rows("assignments").get(0));
  }

  @Test
  void fewerDistinctUsersThanClusters() throws IOException {
    Run run = segment("id,a,b\nu1,5,7\nu2,5,7\nu3,9,1\n").succeeded();
    assertEquals(2, run.model().clusters().size());
    assertEquals(3, run.model().requestedK());
    assertEquals(
        List.of(2L, 1L), run.model().clusters().stream().map(Model.ClusterModel::users).toList());
  }

  @Test
  void oneUser() throws IOException {
    Run run = segment("id,a,b\nu1,5,7\n").succeeded();
    assertEquals(1, run.model().clusters().get(0).users());
  }

  @Test
  void fewerJobsThanNeededSaysSo() throws IOException {
    // More than the sample holds, so that its answer is not yet that of all users.
    List<String> lines = Run.simulated(130_000, 3);
    Path input = Files.write(folder.resolve("users.csv"), lines);
    Run run =
        Run.segment(
                folder.resolve("out"),
                "--spec=src/test/resources/specs/seven-of-three.yaml",
                "--input=" + input,
                "--tolerance=0",
                "--maxIterations=2")
            .succeeded();
    assertEquals(personas.kmeans.ConvergenceStatus.MAX_ITERATIONS, run.model().status());
    assertEquals(2, run.model().iterations());
    assertTrue(
        run.model().warnings().get(0).startsWith("not converged after 2 iterations"),
        run.model().warnings().toString());
  }

  @Test
  void goesOnFromAPreviousModel() throws IOException {
    Run first = Run.segment(folder.resolve("first")).succeeded();
    Path model = folder.resolve("first/model.json");
    Run next = Run.segment(folder.resolve("next"), "--previousModel=" + model).succeeded();
    assertEquals(
        "previous model; a fresh seeding is 0.00% worse on the sample", next.model().start());
    assertEquals(first.model().clusters(), next.model().clusters());
  }

  /** It competes in the candidate that has as many clusters; the others start afresh. */
  @Test
  void aPreviousModelIsOneStartOfARange() throws IOException {
    Run.segment(folder.resolve("first")).succeeded();
    Path model = folder.resolve("first/model.json");
    Run three = Run.segment(folder.resolve("three"), "--k=2..4", "--previousModel=" + model);
    assertEquals(3, three.succeeded().model().kSelection().chosen());
    assertEquals(
        "previous model; a fresh seeding is 0.00% worse on the sample", three.model().start());
    Run more = Run.segment(folder.resolve("more"), "--k=4..5", "--previousModel=" + model);
    assertEquals(
        "fresh seeding; the previous model has 3 clusters, not 4",
        more.succeeded().model().start());
  }

  @Test
  void noiseHasNoClearStructureAndFewUsersDoNotEither() throws IOException {
    StringBuilder table = new StringBuilder("id,a,b\n");
    Random random = new Random(6);
    for (int i = 0; i < 400; i++) {
      table.append('u').append(i).append(',').append(random.nextDouble());
      table.append(',').append(random.nextDouble()).append('\n');
    }
    for (String users : List.of(table.toString(), "id,a,b\nu1,1,2\nu2,7,7\nu3,9,1\nu4,5,5\n")) {
      Model model = segment(users, "--k=2..4").succeeded().model();
      // A square is cut in four quarters every time, and four users are nothing to cut.
      boolean square = users.length() > 1000;
      assertEquals(square ? 4 : 2, model.clusters().size());
      assertEquals(
          square ? PartitionKind.USEFUL_SLICES : PartitionKind.NO_STABLE_PARTITION,
          model.kSelection().answer());
      assertFalse(model.kSelection().clear());
      assertTrue(
          model.warnings().stream().anyMatch(each -> each.startsWith("no clear structure: no k")),
          model.warnings().toString());
    }
  }

  @Test
  void aRangeEndsWhereDistinctUsersDo() throws IOException {
    Model one = segment("id,a,b\nu1,5,7\nu2,5,7\n", "--k=auto").succeeded().model();
    assertEquals(1, one.clusters().size());
    assertEquals("the data has only 1 distinct feature vectors", one.kSelection().reason());
    Model three = segment("id,a,b\nu1,5,7\nu2,5,8\nu3,1,1\n", "--k=auto").succeeded().model();
    assertEquals(
        List.of(2, 3), three.kSelection().candidates().stream().map(row -> row.k()).toList());
  }

  @Test
  void aPreviousModelOfOtherFeaturesIsRefused() throws IOException {
    segment("id,a,b\nu1,1,1\nu2,9,9\nu3,5,5\n").succeeded();
    Path model = folder.resolve("out/model.json");
    Run run =
        Run.segment(
            folder.resolve("next"), "--spec=" + Run.SAMPLE_SPEC, "--previousModel=" + model);
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(
        run.errors().contains("its features are [a (none), b (none)], but the spec has [images"),
        run.errors());
  }

  @Test
  void rejectedRecordsAreKeptApart() throws IOException {
    String table = "id,a,b\nu1,1,1\nu2,x,2\nu3,9,9\n,4,4\nu5,\"=1\",4\nu6,8,8\nu7,2,1\n";
    Run run = segment(table, "--maxRejectedShare=0.5").succeeded();
    assertEquals(7, run.model().ledger().read());
    assertEquals(4, run.model().ledger().assigned());
    String source = folder.resolve("users.csv").toString();
    assertEquals(
        List.of(
            source + ",14,not_a_number,a,x,\"u2,x,2\"",
            source + ",28,missing_id,id,,\",4,4\"",
            source + ",33,not_a_number,a,\"'=1\",\"u5,\"\"=1\"\",4\""),
        run.rows("rejected"));
  }

  @Test
  void tooManyRejectedRecordsEndTheRun() throws IOException {
    Run earlier = segment("id,a,b\nu1,1,1\nu2,2,2\nu3,9,9\nu4,8,8\n").succeeded();
    String model = earlier.modelText();
    Run run = segment("id,a,b\nu1,x,1\nu2,,1\nu3,1\nu4,1,z\nu5,1,1\nu6,2,2\n");
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertEquals(
        """
        4 of 6 records were rejected (66.7%), more than the 5.00% of maxRejectedShare.
          The number of fields differs from the header line in 1 record, for example "2 fields\
         where the header has 3" (FILE, line 4). Check the delimiter and the quotes.
          Column `a` has no value in 1 record (the first: FILE, line 3). Declare `missing: median`,\
         `mean` or `zero` for it, or remove it from `features`.
          Column `a` holds text in 1 record, for example "x" (FILE, line 2). A feature is a number.\
         Declare `type: category` if the column names groups, list the text in `input.missing` if it\
         stands for a missing value, or remove it from `features`.
          Column `b` holds text in 1 record, for example "z" (FILE, line 5). A feature is a number.\
         Declare `type: category` if the column names groups, list the text in `input.missing` if it\
         stands for a missing value, or remove it from `features`.
        """
            .replace("FILE", file()),
        run.errors());
    assertEquals(model, earlier.modelText(), "what was published before stays");
  }

  /** Six reasons: the rarest, which is the first that is checked, is not shown. */
  @Test
  void showsTheFiveMostFrequentReasons() throws IOException {
    StringBuilder table = new StringBuilder("id,a,b\nu0,1,1\nzero\u0000,1,1\n");
    table.append("short,1\n".repeat(2)).append("word,x,1\n".repeat(3));
    table.append("empty,,1\n".repeat(4)).append(",1,1\n".repeat(5));
    table.append("huge,1e999,1\n".repeat(6));
    Run run = segment(table.toString());
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertTrue(
        run.errors()
            .startsWith(
                "21 of 22 records were rejected (95.5%), more than the 5.00% of maxRejectedShare.\n"
                    + "  Column `a` holds a number that is not finite in 6 records, for example"
                    + " \"1e999\" ("
                    + file()
                    + ", line 18)."),
        run.errors());
    List<String> beginnings =
        List.of(
            "  Column `id` is the id and has no value in 5 records",
            "  Column `a` has no value in 4 records",
            "  Column `a` holds text in 3 records, for example \"x\"",
            "  The number of fields differs from the header line in 2 records",
            "  Reasons and columns that are not shown: 1.");
    List<String> lines = run.errors().lines().toList();
    assertEquals(2 + beginnings.size(), lines.size());
    for (int i = 0; i < beginnings.size(); i++) {
      assertTrue(lines.get(2 + i).startsWith(beginnings.get(i)), lines.get(2 + i));
    }
  }

  /** Long quoted notes whose lines look like records: ranges start inside them. */
  @Test
  void rangesThatStartInsideQuotesAreReadRight() throws IOException {
    StringBuilder table = new StringBuilder("id,a,note,b\n");
    for (int i = 0; i < 30; i++) {
      table.append("u").append(i).append(',').append(i).append(",\"");
      table.append("x1,1,no,2\n".repeat(7_000)).append("\",").append(i % 7).append('\n');
    }
    Run whole = segment(table.toString(), "--rangeMegabytes=64", "--slots=2").succeeded();
    String model = whole.modelText();
    List<String> rows = whole.rows("assignments");
    assertEquals(30, rows.size());
    Run parts = segment(table.toString(), "--rangeMegabytes=1", "--slots=2").succeeded();
    assertEquals(model, parts.modelText());
    assertEquals(rows, parts.rows("assignments"));
    assertEquals(List.of(), parts.rows("rejected"));
  }

  @Test
  void runningAgainLeavesNoOldFile() throws IOException {
    List<String> lines = Run.simulated(30_000, 3);
    Path input = Files.write(folder.resolve("users.csv"), lines);
    Run first =
        Run.segment(folder.resolve("out"), "--input=" + input, "--rangeMegabytes=1", "--slots=2")
            .succeeded();
    assertEquals(2, first.files("assignments").size());
    Files.writeString(folder.resolve("out/mine.txt"), "keep");
    Run second = Run.segment(folder.resolve("out")).succeeded();
    assertEquals(1, second.files("assignments").size());
    assertTrue(second.names().contains("mine.txt"));
    assertEquals(100, second.rows("assignments").size());
  }

  @Test
  void pathsMayBeWrittenAsUris() throws IOException {
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    Run run =
        Run.command(
                folder.resolve("out"),
                "segment",
                "--quiet",
                "--input=" + input.toUri(),
                "--output=file://" + folder.resolve("out") + "/",
                "--tempLocation=" + folder.resolve("temp").toUri())
            .succeeded();
    assertEquals(50, run.rows("assignments").size());
    assertFalse(Files.exists(Path.of("file:")));
  }

  @Test
  void aFailedRunLeavesEarlierResultsAsTheyWere() throws IOException {
    Run good = segment("id,a,b\nu1,1,1\nu2,9,9\nu3,5,5\n").succeeded();
    String before = good.modelText();
    List<String> names = good.names();
    assertEquals(ExitCode.DATA_REFUSED, segment("id,a,b\nu1,x,1\n").exitCode());
    assertEquals(before, good.modelText());
    assertEquals(names, good.names());
  }

  @Test
  void mistakesOnTheCommandLineAreRefusedBeforeAJob() {
    for (List<String> each :
        List.of(
            List.of("--k=0", "--k: 0 is not in 2..256\n"),
            List.of("--k=three", "--k: three is not a number, a range like 2..10 or auto\n"),
            List.of("--tolerance=-1", "--tolerance: -1 is not in 0.0..1000.0\n"),
            List.of("--iterationsPerJob=0", "--iterationsPerJob: 0 is not in 1..50\n"),
            List.of("--slots=0", "--slots: 0 is not in 1..100000\n"),
            List.of("--tolerence=1", "--tolerence: unknown flag; did you mean tolerance?\n"),
            List.of("k=3", "k=3: is not a flag; a flag is written --name=value\n"))) {
      Run run = Run.segment(folder.resolve("out"), each.get(0));
      assertEquals(ExitCode.USAGE, run.exitCode(), each.get(0));
      assertEquals(each.get(1), run.errors());
    }
    assertEquals(ExitCode.USAGE, Run.command(folder, "segmnt").exitCode());
    assertEquals(ExitCode.USAGE, Run.command(folder).exitCode());
  }
}
