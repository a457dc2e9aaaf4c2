package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;
import personas.model.Model.ClusterModel;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.Migration;

/** Checks runs with a previous run: matched clusters, users who moved, and the advice. */
class DriftTest {
  @TempDir Path folder;

  /** Groups of 200 users in two features, 20 apart; a user's values depend on its number alone. */
  private static List<String> users(int group, double a, double b) {
    List<String> rows = new ArrayList<>();
    Random random = new Random(group);
    for (int i = 0; i < 200; i++) {
      rows.add(row("g" + group + "-" + i, a + random.nextGaussian(), b + random.nextGaussian()));
    }
    return rows;
  }

  private static String row(String id, double a, double b) {
    return id + "," + a + "," + b;
  }

  private static final List<String> FIRST = users(1, 10, 10);
  private static final List<String> SECOND = users(2, 30, 10);
  private static final List<String> THIRD = users(3, 10, 30);
  private static final List<String> FOURTH = users(4, 60, 60);

  private static List<String> all(List<?>... groups) {
    return Arrays.stream(groups).flatMap(List::stream).map(String.class::cast).toList();
  }

  private Run run(String name, int k, List<String> rows, String... flags) throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            "name: weeks\ninput: {id: id}\nfeatures: [{name: a}, {name: b}]\n");
    List<String> lines = new ArrayList<>(List.of("id,a,b"));
    lines.addAll(rows);
    Path input = Files.write(folder.resolve(name + ".csv"), lines);
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input, "--k=" + k));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve(name), all.toArray(String[]::new)).succeeded();
  }

  private Run next(String name, Run before, int k, List<String> rows, String... flags)
      throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--previousModel=" + before.output().resolve("model.json"));
    all.add("--previousAssignments=" + before.output() + "/assignments-*.csv");
    return run(name, k, rows, all.toArray(String[]::new));
  }

  private static List<String> changes(Drift drift) {
    return drift.personas().stream().map(p -> p.id() + " " + p.change()).toList();
  }

  private static List<Integer> ids(Run run) throws IOException {
    return run.model().clusters().stream().map(ClusterModel::id).toList();
  }

  /** The id of the cluster that most users of a group are in. */
  private static int idOf(Run run, int group) throws IOException {
    return run.rows("assignments").stream()
        .filter(row -> row.startsWith("g" + group + "-"))
        .map(row -> Integer.valueOf(row.split(",", -1)[1]))
        .sorted()
        .toList()
        .get(100);
  }

  private static void assertCloses(Migration migration) {
    assertEquals(
        migration.before() + migration.joiners() + migration.repeated(),
        migration.now() + migration.leavers());
    assertEquals(migration.stayed() + migration.changed() + migration.joiners(), migration.now());
    long repeated = 0;
    for (Migration.Row row : migration.rows()) {
      long there = row.users().stream().mapToLong(Long::longValue).sum();
      repeated += there + row.leavers() - row.before();
    }
    assertEquals(migration.repeated(), repeated);
  }

  @Test
  void theSameDataAgain() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    List<String> shuffled = new ArrayList<>(all(FIRST, SECOND, THIRD));
    Collections.shuffle(shuffled, new Random(3));
    Run again = next("again", first, 3, shuffled);
    Drift drift = again.drift();
    assertEquals(List.of("0 KEPT", "1 KEPT", "2 KEPT"), changes(drift));
    assertTrue(drift.personas().stream().allMatch(p -> p.shift() < 1e-12));
    assertTrue(drift.features().stream().allMatch(f -> f.psi() == 0), drift.toString());
    assertEquals(Action.KEEP, drift.advice());
    Migration migration = drift.migration();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(i == j ? 200 : 0, migration.rows().get(i).users().get(j));
      }
    }
    assertEquals(600, migration.stayed());
    assertEquals(0, migration.joiners() + migration.leavers() + migration.repeated());
    assertCloses(migration);
    assertEquals(first.model().clusters(), again.model().clusters());
    String row = again.rows("assignments").get(0);
    String persona = row.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)[2];
    assertTrue(row.endsWith("," + persona + ",false"), row);
  }

  @Test
  void fivePercentNoiseKeepsAll() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    Random random = new Random(9);
    List<String> noisy =
        all(FIRST, SECOND, THIRD).stream()
            .map(row -> row.split(",", -1))
            .map(
                f ->
                    row(
                        f[0],
                        Double.parseDouble(f[1]) * (1 + 0.05 * random.nextGaussian()),
                        Double.parseDouble(f[2]) * (1 + 0.05 * random.nextGaussian())))
            .toList();
    Run next = next("next", first, 3, noisy);
    assertEquals(List.of("0 KEPT", "1 KEPT", "2 KEPT"), changes(next.drift()));
    assertEquals(0, next.drift().migration().changed());
  }

  @Test
  void aPlantedGroupIsTheOneNew() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    Run next = next("next", first, 4, all(FIRST, SECOND, THIRD, FOURTH));
    Drift drift = next.drift();
    assertEquals(List.of("0 KEPT", "1 KEPT", "2 KEPT", "3 NEW"), changes(drift));
    for (int group = 1; group <= 3; group++) {
      assertEquals(idOf(first, group), idOf(next, group));
    }
    assertEquals(Action.REVIEW, drift.advice());
    assertTrue(drift.reason().startsWith("new: "), drift.reason());
    assertEquals(200, drift.migration().joiners());
    assertEquals(List.of(0L, 0L, 0L, 200L), drift.migration().joined());
    assertEquals(0, drift.migration().changed());
    assertCloses(drift.migration());
    String joiner =
        next.rows("assignments").stream().filter(r -> r.startsWith("g4-")).findFirst().get();
    assertTrue(joiner.endsWith(",,"), joiner);
  }

  @Test
  void aVanishedGroupIsTheOneRetiredAndItsIdIsNeverGivenAgain() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    int gone = idOf(first, 1);
    Run next = next("next", first, 2, all(SECOND, THIRD));
    Drift drift = next.drift();
    List<PersonaDrift> retired =
        drift.personas().stream().filter(p -> p.change() == Change.RETIRED).toList();
    assertEquals(List.of(gone), retired.stream().map(PersonaDrift::id).toList());
    assertEquals(idOf(first, 2), idOf(next, 2));
    assertEquals(idOf(first, 3), idOf(next, 3));
    assertEquals(200, drift.migration().leavers());
    assertCloses(drift.migration());
    assertEquals(Action.REVIEW, drift.advice());
    Run back = next("back", next, 3, all(FIRST, SECOND, THIRD));
    assertEquals(3, idOf(back, 1), "a group that comes back is new");
    assertEquals(idOf(first, 2), idOf(back, 2));
    assertEquals(
        List.of(gone), back.model().training().retired().stream().map(r -> r.id()).toList());
    assertEquals(4, back.model().training().nextId());
    Run scored =
        Run.command(
                folder.resolve("scored"),
                "score",
                "--quiet",
                "--model=" + back.output().resolve("model.json"),
                "--input=" + folder.resolve("back.csv"),
                "--output=" + folder.resolve("scored"))
            .succeeded();
    assertEquals(ids(back), scored.score().personas().stream().map(p -> p.id()).toList());
  }

  @Test
  void saysWhetherUsersOrCentroidsMoved() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    // 60 users of the first group turn up at the second's place.
    List<String> moved = new ArrayList<>(all(FIRST, SECOND, THIRD));
    for (int i = 0; i < 60; i++) {
      moved.set(i, row("g1-" + i, 30, 10));
    }
    Migration byUsers = next("users", first, 3, moved).drift().migration();
    assertEquals(60, byUsers.changed());
    assertEquals(60, byUsers.changedByUsers());
    assertEquals(0, byUsers.changedByCentroids());
    assertCloses(byUsers);
    // The same users, cut at two: where they are the earlier model still puts them as before.
    Migration byCentroids =
        next("centroids", first, 2, all(FIRST, SECOND, THIRD)).drift().migration();
    assertEquals(0, byCentroids.changedByUsers());
    assertEquals(byCentroids.changed(), byCentroids.changedByCentroids());
    assertTrue(byCentroids.changed() >= 200, byCentroids.toString());
    assertCloses(byCentroids);
  }

  @Test
  void repeatedIdsCloseToo() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD, FIRST.subList(0, 7)));
    Run next = next("next", first, 3, all(FIRST, SECOND.subList(0, 5), SECOND, THIRD));
    Migration migration = next.drift().migration();
    assertEquals(600, migration.before());
    assertEquals(605, migration.now());
    assertEquals(5, migration.repeated());
    assertEquals(0, migration.leavers());
    assertCloses(migration);
  }

  @Test
  void idsThatNeedQuotesAndGuardsAreFound() throws IOException {
    List<String> rows =
        List.of("\"a,\"\"b\",1,1", "=x,1,2", "' y,9,9", "ä,9,8", "\"two\nlines\",5,20", "-1,5,21");
    Run first = run("first", 3, rows);
    Migration migration = next("next", first, 3, rows).drift().migration();
    assertEquals(6, migration.stayed());
    assertEquals(0, migration.joiners() + migration.leavers());
  }

  private Run compare(Run from, Run to, String... flags) {
    List<String> args =
        new ArrayList<>(
            List.of("compare", "--quiet", "--from=" + from.output(), "--to=" + to.output()));
    args.add("--output=" + folder.resolve("compared"));
    args.addAll(List.of(flags));
    return Run.command(folder.resolve("compared"), args.toArray(String[]::new));
  }

  private void assertNothingIsStaged() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(
          List.of(),
          files.filter(file -> file.getFileName().toString().startsWith(".staging")).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--runner=DirectRunner --enforceImmutability --enforceEncodability",
        "--runner=FlinkRunner --parallelism=2"
      })
  void comparingTwoRunsSaysTheSame(String flags) throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    Run next = next("next", first, 4, all(FIRST.subList(20, 200), SECOND, THIRD, FOURTH));
    Drift compared = compare(first, next, flags.split(" ", -1)).succeeded().drift();
    assertNothingIsStaged();
    Drift drift = next.drift();
    assertEquals(drift.personas(), compared.personas());
    assertEquals(drift.features(), compared.features());
    assertEquals(drift.migration().rows(), compared.migration().rows());
    assertEquals(drift.migration().joined(), compared.migration().joined());
    assertEquals(null, compared.migration().changedByUsers());
    assertEquals(drift.advice(), compared.advice());
  }

  @Test
  void comparingRunsOfRepeatedIdsCloses() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD, FIRST.subList(0, 7)));
    Run next = run("next", 3, all(FIRST, SECOND.subList(0, 5), SECOND, THIRD));
    Migration migration = compare(first, next).succeeded().drift().migration();
    assertEquals(600, migration.before());
    assertEquals(605, migration.now());
    assertEquals(5, migration.repeated());
    assertCloses(migration);
  }

  /** Assignments that went to a database are no files. */
  @Test
  void comparingRunsWithoutFilesOfAssignmentsCountsNobody() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    for (Path file : first.files("assignments")) {
      Files.delete(file);
    }
    Migration migration = compare(first, first).succeeded().drift().migration();
    assertEquals(0, migration.before() + migration.now());
    assertEquals(3, migration.rows().size());
  }

  @Test
  void comparingRefusesAssignmentsOfAnotherModel() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    Path file = first.files("assignments").get(0);
    Files.writeString(file, Files.readString(file) + "u,77,x,0,x,0,false\n");
    Run refused = compare(first, first);
    assertEquals(ExitCode.DATA_REFUSED, refused.exitCode(), refused.errors());
    assertEquals(
        file + ": cluster 77 is not one of the labels of the model: [0, 1, 2]\n", refused.errors());
    assertNothingIsStaged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--targetParallelism=1 --slots=1",
        "--targetParallelism=8 --slots=5",
        "--runner=FlinkRunner --parallelism=2 --slots=3"
      })
  void givesTheSameBytesEverywhere(String flags) throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    List<String> rows = all(FIRST.subList(20, 200), SECOND, THIRD, FOURTH);
    Run reference = next("reference", first, 4, rows);
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(2));
    Run other = next("other", first, 4, shuffled, flags.split(" ", -1));
    assertEquals(reference.modelText(), other.modelText());
    assertEquals(
        Files.readString(reference.output().resolve("drift.json")),
        Files.readString(other.output().resolve("drift.json")));
    assertEquals(reference.rows("assignments"), other.rows("assignments"));
  }

  /** What a schedule does that knows one folder only. */
  @Test
  void aRunMayReplaceTheOneThatItGoesOnFrom() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    List<String> rows = all(FIRST.subList(20, 200), SECOND, THIRD);
    Run beside = next("beside", first, 3, rows);
    String drift = Files.readString(beside.output().resolve("drift.json"));
    Run replaced = next("first", first, 3, rows);
    assertEquals(drift, Files.readString(replaced.output().resolve("drift.json")));
    assertEquals(beside.rows("assignments"), replaced.rows("assignments"));
    assertEquals(20, replaced.drift().migration().leavers());
  }

  @Test
  void mistakesAreRefusedByName() throws IOException {
    Run first = run("first", 3, all(FIRST, SECOND, THIRD));
    Path out = folder.resolve("wrong");
    String model = "--previousModel=" + first.output().resolve("model.json");
    String spec = "--spec=" + folder.resolve("spec.yaml");
    String input = "--input=" + folder.resolve("first.csv");
    String assignments = "--previousAssignments=" + first.output() + "/assignments-*.csv";
    Run alone = Run.segment(out, spec, input, assignments);
    assertEquals(ExitCode.USAGE, alone.exitCode());
    assertEquals(
        "--previousAssignments: needs the --previousModel of the same run\n", alone.errors());
    Run none = Run.segment(out, spec, input, model, "--previousAssignments=" + out + "/x-*.csv");
    assertEquals(ExitCode.USAGE, none.exitCode());
    assertTrue(none.errors().endsWith("x-*.csv: no such file\n"), none.errors());
    Run other =
        Run.segment(out, spec, input, model, "--previousAssignments=" + folder + "/first.csv");
    assertEquals(ExitCode.DATA_REFUSED, other.exitCode());
    assertTrue(other.errors().contains("missing column 'cluster'"), other.errors());
    Run compare = Run.command(out, "compare", "--from=" + out, "--to=" + first.output());
    assertEquals(ExitCode.USAGE, compare.exitCode());
    assertTrue(compare.errors().startsWith("--from: " + out + ": is a folder"), compare.errors());
  }
}
