package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SegmentTree;
import personas.model.KSelection;
import personas.model.Model;
import personas.model.compare.PreviousModel;

/** Runs the command {@code choose} on users who form a continuum. */
class ChooseTest {
  private static final int USERS = 700;

  /** All results that do not name the run that they are of. */
  private static final List<String> TABLES =
      List.of(
          "assignments-00000.csv",
          "centroids.csv",
          "examples.csv",
          "iterations.csv",
          "ledger.csv",
          "profile.csv");

  @TempDir static Path folder;
  private static Path users;
  private static Path spec;
  private static Run run;

  @BeforeAll
  static void firstRun() throws IOException {
    Random random = new Random(8);
    StringBuilder table = new StringBuilder("user,visits,spend,plan\n");
    for (int i = 0; i < USERS; i++) {
      double amount = random.nextGaussian();
      table.append('u').append(i);
      table.append(',').append(amount + 0.4 * random.nextGaussian());
      table.append(',').append(amount + 0.4 * random.nextGaussian());
      table.append(',').append(amount > 0.5 ? "pro" : "free").append('\n');
    }
    users = Files.writeString(folder.resolve("users.csv"), table);
    spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: continuum
            input: {id: user}
            features: [{name: visits}, {name: spend}]
            describe: [plan]
            """);
    run = segment("run", "--k=2..5", "--explainK").succeeded();
  }

  private static Run segment(String output, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--spec=" + spec);
    args.add("--input=" + users);
    return Run.segment(folder.resolve(output), args.toArray(String[]::new));
  }

  private static Run choose(String output, Path model, int k, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "choose",
                "--quiet",
                "--model=" + model,
                "--k=" + k,
                "--output=" + folder.resolve(output)));
    args.addAll(List.of(flags));
    if (args.stream().noneMatch(flag -> flag.startsWith("--input="))) {
      args.add("--input=" + users);
    }
    return Run.command(folder.resolve(output), args.toArray(String[]::new));
  }

  private static Path model(Run of) {
    return of.output().resolve("model.json");
  }

  private static int otherK() throws IOException {
    return run.model().kSelection().chosen() == 4 ? 5 : 4;
  }

  @Test
  void theRunTakesUsefulSlicesAndKeepsEveryCandidate() throws IOException {
    KSelection selection = run.model().kSelection();
    assertEquals(PartitionKind.USEFUL_SLICES, selection.answer(), selection.reason());
    assertFalse(selection.clear());
    assertEquals(selection.chosen(), run.model().clusters().size());
    assertTrue(selection.candidates().stream().allMatch(row -> row.kept() != null));
    Run without = segment("without", "--k=2..5").succeeded();
    assertTrue(
        without.model().kSelection().candidates().stream().allMatch(row -> row.kept() == null));
    assertEquals(run.rows("assignments"), without.rows("assignments"));
    assertEquals(run.model().clusters(), without.model().clusters());
  }

  @Test
  void theSameKGivesTheSameTables() throws IOException {
    int k = run.model().kSelection().chosen();
    Run same = choose("same", model(run), k).succeeded();
    for (String table : TABLES) {
      assertEquals(
          Files.readString(run.output().resolve(table)),
          Files.readString(same.output().resolve(table)),
          table);
    }
    assertEquals(
        Files.readString(run.output().resolve("k_selection.csv")),
        Files.readString(same.output().resolve("k_selection.csv")));
    assertEquals(run.names(), same.names());
    Model before = run.model();
    Model now = same.model();
    assertEquals(before.clusters(), now.clusters());
    assertEquals(before.metrics(), now.metrics());
    assertEquals(before.receipt(), now.receipt());
    assertEquals(before.kSelection().tree(), now.kSelection().tree());
    assertEquals(
        new KSelection.RunChoice(k, before.kSelection().reason(), PreviousModel.digest(before)),
        now.kSelection().taken());
    assertNull(before.kSelection().taken());
    String reason = now.kSelection().reason();
    assertTrue(reason.startsWith("choose kept k = " + k + ", which the run chose: "), reason);
  }

  @Test
  void anotherKIsTheCandidateThatWasKeptOnEveryRunner() throws IOException {
    int k = otherK();
    Run direct = choose("direct", model(run), k, "--slots=1").succeeded();
    Run flink =
        choose("flink", model(run), k, "--runner=FlinkRunner", "--parallelism=2", "--slots=3")
            .succeeded();
    assertEquals(direct.modelText(), flink.modelText());
    assertEquals(direct.reportBytes(), flink.reportBytes());
    assertEquals(direct.rows("assignments"), flink.rows("assignments"));
    Model chosen = direct.model();
    assertEquals(k, chosen.clusters().size());
    assertEquals(k, chosen.kSelection().chosen());
    KSelection.Row row = run.model().kSelection().candidates().get(k - 2);
    chosen
        .metrics()
        .values()
        .forEach((id, value) -> assertEquals(row.figures().get(id), value, id + " measured again"));
    assertEquals(row.kept().history().size(), chosen.iterations());
    assertEquals(
        row.kept().centroids().stream().map(List::toString).sorted().toList(),
        chosen.clusters().stream().map(each -> each.centroid().toString()).sorted().toList());
    Run back = choose("back", model(direct), run.model().kSelection().chosen()).succeeded();
    assertEquals(run.rows("assignments"), back.rows("assignments"));
    assertEquals(run.model().kSelection().chosen(), back.model().kSelection().taken().k());
  }

  /** Counts the flows of the tree again from the assignments of two choices. */
  @Test
  void theTreeCountsTheUsersOfTwoAssignments() throws IOException {
    Run three = choose("three", model(run), 3).succeeded();
    Run four = choose("four", model(run), 4).succeeded();
    SegmentTree tree = three.model().kSelection().tree();
    assertTrue(tree.whole());
    assertEquals(USERS, tree.users());
    List<Integer> idsOfThree = tree.levels().get(1).ids();
    List<Integer> idsOfFour = four.model().kSelection().tree().levels().get(2).ids();
    Map<String, String> before = clusters(three);
    Map<String, String> now = clusters(four);
    int[][] counted = new int[3][4];
    now.forEach(
        (user, cluster) ->
            counted[idsOfThree.indexOf(Integer.valueOf(before.get(user)))][
                idsOfFour.indexOf(Integer.valueOf(cluster))]++);
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 4; b++) {
        assertEquals(counted[a][b], tree.levels().get(2).from().get(a).get(b), a + " to " + b);
      }
    }
    for (SegmentTree.Level level : tree.levels()) {
      assertEquals(USERS, level.users().stream().mapToInt(Integer::intValue).sum());
      assertEquals(level.k(), level.users().size());
    }
  }

  private static Map<String, String> clusters(Run of) throws IOException {
    Map<String, String> clusters = new TreeMap<>();
    for (String row : of.rows("assignments")) {
      String[] fields = row.split(",", -1);
      clusters.put(fields[0], fields[1]);
    }
    return clusters;
  }

  @Test
  void otherCommandsTakeTheModelAndVerifyNamesTheRun() throws IOException {
    Run chosen = choose("chosen", model(run), otherK()).succeeded();
    Path scored = folder.resolve("scored");
    Run score =
        Run.command(
                scored,
                "score",
                "--quiet",
                "--model=" + model(chosen),
                "--input=" + users,
                "--output=" + scored)
            .succeeded();
    assertEquals(clusters(chosen), clusters(score));
    Run next = segment("next", "--k=2..5", "--previousModel=" + model(chosen)).succeeded();
    assertTrue(Files.exists(next.output().resolve("drift.json")));
    Run.command(chosen.output(), "report", "--quiet", "--model=" + model(chosen)).succeeded();
    Run refused =
        Run.command(folder, "verify", "--quiet", "--model=" + model(chosen), "--input=" + users);
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(
        refused.errors().contains("SHA-256 " + PreviousModel.digest(run.model())),
        refused.errors());
    Run.command(
            folder, "verify", "--quiet", "--k=2..5", "--model=" + model(run), "--input=" + users)
        .succeeded();
  }

  @Test
  void refusesAKThatWasNotKeptAndOtherInputs() throws IOException {
    Run kept = choose("refused", model(run), 9);
    assertEquals(ExitCode.USAGE, kept.exitCode());
    assertTrue(kept.errors().contains("the kept candidates have k = 2, 3, 4, 5"), kept.errors());
    List<String> lines = Files.readAllLines(users);
    Path fewer = Files.write(folder.resolve("fewer.csv"), lines.subList(0, USERS));
    Run others = choose("refused", model(run), 4, "--input=" + fewer);
    assertEquals(ExitCode.DATA_REFUSED, others.exitCode());
    assertTrue(others.errors().contains("699 records were accepted"), others.errors());
    Run seed = choose("refused", model(run), 4, "--seed=7");
    assertEquals(ExitCode.USAGE, seed.exitCode());
    assertTrue(seed.errors().contains("flags that overrode it"), seed.errors());
    Run given = segment("refused", "--k=3", "--explainK");
    assertEquals(ExitCode.USAGE, given.exitCode());
    assertTrue(given.errors().contains("give a range"), given.errors());
    Run plain = segment("plain", "--k=2..3").succeeded();
    Run none = choose("refused", model(plain), 3);
    assertEquals(ExitCode.USAGE, none.exitCode());
    assertTrue(none.errors().contains("--explainK"), none.errors());
    assertEquals(ExitCode.USAGE, choose("refused", model(run), 3, "--explainK").exitCode());
    assertFalse(Files.exists(folder.resolve("refused/model.json")));
  }
}
