package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import personas.cli.exit.ExitCode;

/** Runs the command {@code verify} and checks what it accepts and what it names in a rejection. */
class VerifyTest {
  private static final int USERS = 400;

  @TempDir static Path folder;
  private static Run first;
  private static Path users;

  /** The kinds of tables that a receipt covers in different ways. */
  private enum Data {
    NUMBERS("", "id: user"),
    CATEGORIES("- {name: plan, type: category, levels: [free, pro], missing: level}", "id: user"),
    WITHOUT_IDS("", "id: none"),
    COPIED_AND_DESCRIBED("", "id: user, passThrough: [plan]"),
    EVENTS("", "id: user, aggregate: {measures: {count: count, spend: sum(spend)}}");

    private final String feature;
    private final String input;

    Data(String feature, String input) {
      this.feature = feature;
      this.input = input;
    }

    String spec() {
      return """
      name: %s
      input: {%s}
      features:
        - {name: spend, missing: mean}
        - {name: %s}
        %s
      clustering: {k: 3}
      %s
      """
          .formatted(
              name().toLowerCase(Locale.ROOT),
              input,
              this == EVENTS ? "count" : "visits",
              feature,
              this == COPIED_AND_DESCRIBED ? "describe: [plan]" : "");
    }
  }

  @BeforeAll
  static void firstRun() throws IOException {
    users = table("first", 1, rows(Data.NUMBERS));
    first = segment(Data.NUMBERS, "first", users);
  }

  private static List<String> rows(Data data) {
    Random random = new Random(data.name().length());
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      int user = data == Data.EVENTS ? random.nextInt(USERS / 4) : i;
      int group = user % 3;
      rows.add(
          "u-%03d,%s,%d,%s"
              .formatted(
                  user,
                  i % 9 == 4 && data != Data.EVENTS ? "" : 100 * group + random.nextInt(40),
                  10 + 30 * group + random.nextInt(9),
                  List.of("free", "pro", "team", "").get(random.nextInt(4))));
    }
    return rows;
  }

  /** Writes a table as some files. */
  private static Path table(String name, int files, List<String> rows) throws IOException {
    Path input = Files.createDirectories(folder.resolve(name + "-" + files));
    for (int i = 0; i < files; i++) {
      List<String> part = rows.subList(rows.size() * i / files, rows.size() * (i + 1) / files);
      Files.writeString(
          input.resolve("users-" + i + ".csv"),
          "user,spend,visits,plan\n" + String.join("\n", part) + "\n");
    }
    return input;
  }

  private static Run segment(Data data, String name, Path input, String... flags)
      throws IOException {
    Path spec = Files.writeString(folder.resolve(data + ".yaml"), data.spec());
    List<String> all = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input + "/*.csv"));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve("out-" + name), all.toArray(String[]::new)).succeeded();
  }

  private static Run verify(Run run, Path input, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "verify",
                "--model=" + run.output().resolve("model.json"),
                "--input=" + input + "/*.csv"));
    all.addAll(List.of(flags));
    return Run.command(run.output(), all.toArray(String[]::new));
  }

  private static void assertRejected(Run verified, String message) {
    assertEquals(ExitCode.DIFFERENT, verified.exitCode(), verified.errors());
    assertTrue(verified.errors().contains("model.json: not the same bytes: "), verified.errors());
    assertTrue(verified.errors().contains(message), verified.errors());
  }

  @ParameterizedTest
  @EnumSource(Data.class)
  void acceptsTheSameRecordsForAnyOrderAndSharding(Data data) throws IOException {
    List<String> rows = rows(data);
    Run run = segment(data, data.name(), table(data + "-as-read", 1, rows));
    List<String> before = run.names();
    List<String> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(9));
    String quiet = "--quiet";
    verify(run, table(data + "-1", 3, shuffled), quiet, "--slots=3", "--targetParallelism=3")
        .succeeded();
    verify(run, table(data + "-2", 2, rows), quiet, "--slots=7", "--iterationsPerJob=2")
        .succeeded();
    verify(run, table(data + "-3", 7, rows), quiet, "--targetParallelism=1", "--slots=1")
        .succeeded();
    String[] flink = {quiet, "--runner=FlinkRunner", "--parallelism=2", "--slots=5"};
    verify(run, table(data + "-4", 4, shuffled), flink).succeeded();
    assertEquals(before, run.names(), "the replay left nothing");
  }

  @Test
  void saysHowManyRecordsGaveTheSameBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      verify(first, users).succeeded();
    } finally {
      System.setOut(before);
    }
    assertEquals(
        "same bytes: " + first.output() + "/model.json, from 400 records\n",
        out.toString(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"u-000,u-900", "',1',',2'"})
  void namesTheRecordsFirst(String text, String other) throws IOException {
    List<String> rows = rows(Data.NUMBERS);
    rows.set(0, rows.get(0).replaceFirst(text, other));
    Run verified = verify(first, table("changed", 1, rows));
    assertRejected(
        verified,
        "the records differ from the records of the run: the replay accepted 400 records with digest ");
    assertTrue(
        verified
            .errors()
            .contains(
                ", the run 400 records with digest " + first.model().receipt().recordDigest()),
        verified.errors());
  }

  @Test
  void namesALostRecordByTheCounts() throws IOException {
    List<String> rows = rows(Data.NUMBERS);
    assertRejected(
        verify(first, table("lost", 1, rows.subList(1, USERS))),
        "the replay accepted 399 records with digest ");
  }

  @Test
  void namesAChangedFigureOfTheModel() throws IOException {
    Run changed = copy("changed-model");
    Path model = changed.output().resolve("model.json");
    String text = Files.readString(model);
    Files.writeString(model, text.replaceFirst("\"share\":0\\.", "\"share\":1."));
    assertRejected(verify(changed, users), "clusters[0].share is 1.");
    Files.writeString(model, text.replace("\"iterations\":", "\"iterations\": "));
    assertRejected(verify(changed, users), "the values are equal but written differently");
    Files.writeString(model, text.substring(1));
    assertRejected(verify(changed, users), "the model is not JSON: line 2: ");
    Files.writeString(model, text.replace("\"receipt\"", "\"recent\""));
    assertRejected(verify(changed, users), "the model has no receipt: ");
    Files.writeString(model, text.replace("beam-personas ", "beam-personas 0"));
    assertRejected(verify(changed, users), "wrote the model, but this program is beam-personas ");
  }

  @Test
  void namesAnotherSpecAndOtherFlagsBeforeTheReplay() throws IOException {
    Path spec =
        Files.writeString(folder.resolve("comment.yaml"), Data.NUMBERS.spec() + "# a comment\n");
    assertRejected(
        verify(first, users, "--spec=" + spec),
        "the spec differs from the spec of the run: its SHA-256 is ");
    assertRejected(
        verify(first, users, "--seed=7"), "the flags differ from the flags of the run: ");
  }

  @Test
  void aRunThatWentOnNeedsItsPreviousModel() throws IOException {
    String previous = "--previousModel=" + first.output().resolve("model.json");
    Run second = segment(Data.NUMBERS, "second", users, previous);
    Run missing = verify(second, users);
    assertEquals(ExitCode.USAGE, missing.exitCode(), missing.errors());
    assertTrue(
        missing.errors().startsWith("--previousModel: missing; the run continued from a model"),
        missing.errors());
    verify(second, users, "--quiet", previous).succeeded();
    Run third = segment(Data.NUMBERS, "third", users, "--k=2");
    assertRejected(
        verify(second, users, "--previousModel=" + third.output().resolve("model.json")),
        "--previousModel names a model with SHA-256 ");
    assertRejected(verify(first, users, previous), ", but the run continued from no model");
  }

  @Test
  void refusesFlagsOfResultsAndAModelThatIsNotThere() throws IOException {
    for (String flag : List.of("--output=x", "--keep=2", "--failOn=review", "--overwrite")) {
      Run refused = verify(first, users, flag);
      assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
      assertTrue(
          refused.errors().startsWith(flag.replaceFirst("=.*", "") + ": verify does not take"),
          refused.errors());
    }
    Run none = Run.command(folder, "verify", "--input=" + users + "/*.csv");
    assertEquals(ExitCode.USAGE, none.exitCode(), none.errors());
    Run gone = Run.command(folder, "verify", "--model=" + folder.resolve("gone.json"));
    assertEquals(ExitCode.USAGE, gone.exitCode(), gone.errors());
    assertTrue(gone.errors().contains("gone.json: no such file"), gone.errors());
  }

  @Test
  void aFailedReplayLeavesNothing() throws IOException {
    Path broken = table("broken", 1, List.of("u-1,x,1,free", "u-2,y,2,pro"));
    List<String> before = first.names();
    Run failed = verify(first, broken);
    assertEquals(ExitCode.DATA_REFUSED, failed.exitCode(), failed.errors());
    assertEquals(before, first.names());
    Path temp = Files.createDirectories(folder.resolve("temp"));
    assertRejected(
        verify(first, table("more", 1, rows(Data.WITHOUT_IDS)), "--tempLocation=" + temp),
        "the records differ from the records of the run: ");
    try (var left = Files.list(temp)) {
      assertFalse(left.findAny().isPresent());
    }
  }

  private static Run copy(String name) throws IOException {
    Path copy = Files.createDirectories(folder.resolve(name));
    for (String file : List.of("model.json", "model-spec.yaml")) {
      Files.copy(first.output().resolve(file), copy.resolve(file));
    }
    return new Run(0, "", copy);
  }
}
