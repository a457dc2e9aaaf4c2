package personas.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.run.RunOutcome;

/**
 * What a scheduler relies on with {@code --resume}: a run that is killed or fails is continued and
 * ends in the bytes of an undisturbed run, the previous results are whole until then, and whatever
 * cannot be continued starts anew and says why.
 */
class ResumeTest {
  private static final int USERS = 3000;
  private static final String DIRECT =
      "--runner=" + StoppedSteps.OnDirect.DirectRunner.class.getName();
  private static final String FLINK =
      "--runner=" + StoppedSteps.OnFlink.FlinkRunner.class.getName();

  @TempDir static Path folder;
  private static Path input;
  private static Run week;
  private static Map<String, String> undisturbed;

  @BeforeAll
  static void runUndisturbed() throws IOException {
    List<String> lines = new ArrayList<>(Run.simulated(USERS, 7));
    lines.add(lines.get(5));
    lines.add("broken");
    input = Files.write(folder.resolve("users.csv"), lines);
    week = segment("week", "--seed=3", "--previous=").succeeded();
    undisturbed = results(segment("undisturbed").succeeded().output());
  }

  private static List<String> flags(String name, String... more) {
    List<String> flags = new ArrayList<>(List.of("segment", "--spec=" + Run.SAMPLE_SPEC));
    flags.addAll(List.of("--input=" + input, "--output=" + folder.resolve(name)));
    flags.addAll(List.of("--tolerance=0", "--k=2..3", "--iterationsPerJob=1", "--slots=2"));
    flags.addAll(List.of("--rangeMegabytes=1", "--previous=" + folder.resolve("week")));
    for (String flag : more) {
      flags.removeIf(earlier -> flag.startsWith(earlier.replaceFirst("=.*", "=")));
      flags.add(flag);
    }
    flags.remove("--previous=");
    return flags;
  }

  /** Runs the command in this process. */
  private static Run segment(String name, String... more) {
    return command(folder.resolve(name), flags(name, more));
  }

  private static Run command(Path output, List<String> args) {
    PrintStream before = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    try {
      return Run.command(output, args.toArray(String[]::new));
    } finally {
      System.setOut(before);
    }
  }

  private static Process start(Path log, List<String> properties, List<String> flags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(properties);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "personas.cli.Main"));
    command.addAll(flags);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Starts the command in a process of its own and returns when it waits in a step. */
  private static Process startUntil(String step, int after, Path log, List<String> flags)
      throws IOException, InterruptedException {
    Path reached = folder.resolve("reached");
    Files.deleteIfExists(reached);
    List<String> stop =
        List.of("-Dstop.step=" + step, "-Dstop.after=" + after, "-Dstop.reached=" + reached);
    Process process = start(log, stop, flags);
    while (!Files.exists(reached)) {
      assertTrue(process.isAlive(), () -> "ended before " + step + ": " + read(log));
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return process;
  }

  /** Runs the command up to a step, kills it there with SIGKILL and returns what it said. */
  private static String kill(String name, String step, int after, String... more)
      throws IOException, InterruptedException {
    Path log = folder.resolve(name + ".log");
    startUntil(step, after, log, flags(name, more)).destroyForcibly().waitFor();
    return read(log);
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Name → bytes of the results of a folder. */
  private static Map<String, String> results(Path output) throws IOException {
    Map<String, String> results = new TreeMap<>();
    for (String name : new Run(0, "", output).names()) {
      if (!name.startsWith(".")) {
        String text = Files.readString(output.resolve(name), ISO_8859_1);
        // run.json names its own folder, and the seconds that it took.
        results.put(name, Run.withoutSeconds(name, text).replace(output.toString(), "OUTPUT"));
      }
    }
    return results;
  }

  private static void assertUndisturbed(Run run) throws IOException {
    run.succeeded();
    assertEquals(undisturbed, results(run.output()), run.errors());
    assertFalse(
        run.names().stream().anyMatch(name -> name.startsWith(".")), run.names().toString());
  }

  private static void assertSays(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), text);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    TestFiles.delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** One run after the other is stopped a little later; the last one ends undisturbed. */
  @Test
  void aRunThatIsStoppedAgainAndAgainEndsInTheSameBytes() throws Exception {
    Path output = folder.resolve("chain");
    Map<String, String> previous = results(segment("chain", "--seed=3").succeeded().output());
    String said = kill("chain", "Stage users/Read range", 0, DIRECT, "--resume");
    assertSays(said, "--resume: this run starts anew: " + output + "/ holds no run to continue");
    assertEquals(previous, results(output));
    said = kill("chain", "Iteration 01/Sum clusters", 0, DIRECT, "--resume");
    assertSays(said, "is not continued: it was stopped before it had read its whole input");
    assertEquals(previous, results(output));
    // SIGTERM says what it leaves.
    Path log = folder.resolve("chain.log");
    Process process = startUntil("Sum clusters", 3, log, flags("chain", DIRECT, "--resume"));
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue(), read(log));
    assertSays(
        read(log),
        "--resume: this run starts anew",
        "The saved states of the run stay in " + output,
        "canceled; earlier results are unchanged");
    assertEquals(previous, results(output));
    said = kill("chain", "Assign slot", 1, FLINK, "--resume");
    assertSays(said, "--resume: continues the stopped run in " + output, "after iteration 1");
    assertEquals(previous, results(output));
    killWhilePublishing("chain", previous);
    Run last = segment("chain", "--runner=FlinkRunner", "--resume");
    assertSays(last.errors(), "--resume: ");
    assertUndisturbed(last);
  }

  /** Kills a run when it has taken the output folder, which has results of a run before. */
  private static void killWhilePublishing(String name, Map<String, String> previous)
      throws IOException, InterruptedException {
    Path output = folder.resolve(name);
    Path log = folder.resolve(name + ".log");
    Process process = start(log, List.of(), flags(name, "--runner=DirectRunner", "--resume"));
    while (!Files.exists(output.resolve(".publication-2"))) {
      assertTrue(process.isAlive(), () -> "ended without publishing: " + read(log));
      TimeUnit.MILLISECONDS.sleep(1);
    }
    process.destroyForcibly().waitFor();
    assertSays(read(log), "--resume: continues the stopped run in " + output, "3,002 records");
    Map<String, String> left = results(output);
    left.remove(RunOutcome.FILE);
    if (left.containsKey("model.json")) {
      Map<String, String> whole =
          new TreeMap<>(
              left.get("model.json").equals(previous.get("model.json")) ? previous : undisturbed);
      whole.remove(RunOutcome.FILE);
      assertEquals(whole, left, read(log));
    }
  }

  /** The levels are counted again, and the run goes on with the same ones. */
  @Test
  void aRunThatCountsLevelsIsContinued() throws Exception {
    Path spec =
        Files.writeString(
            folder.resolve("levels.yaml"),
            """
            name: image-platform-users
            input: {id: user_id}
            features:
              - name: images_generated_monthly
              - {name: login_frequency_weekly, type: category, maxLevels: 3}
            """);
    Run whole = segment("levels-whole", "--spec=" + spec, "--previous=").succeeded();
    kill("levels", "Assign slot", 1, "--spec=" + spec, "--previous=", DIRECT, "--resume");
    Run continued = segment("levels", "--spec=" + spec, "--previous=", "--resume").succeeded();
    assertSays(
        continued.errors(),
        "a first job counts them",
        "--resume: continues the stopped run in " + continued.output());
    assertEquals(results(whole.output()), results(continued.output()));
  }

  /** A killed run, and what may have happened before the next one. */
  @Test
  void startsAgainAndSaysWhyIfARunCannotContinue() throws Exception {
    Path output = folder.resolve("anew");
    Path killed = folder.resolve("killed");
    kill("anew", "Assign slot", 1, DIRECT);
    copy(output, killed);
    // Lost files: the run fails and leaves nothing, so the next one starts anew.
    assertTrue(TestFiles.deleteBelow(output, ".shard") > 0);
    Run failed = segment("anew", "--resume");
    assertEquals(ExitCode.FAILED, failed.exitCode(), failed.errors());
    assertSays(failed.errors(), ".shard");
    assertEquals(List.of(), failed.names());
    Run again = segment("anew", "--resume");
    assertSays(again.errors(), "holds no run to continue");
    assertUndisturbed(again);
    copy(killed, output);
    // Without the flag; nothing of the killed run is used.
    assertTrue(TestFiles.deleteBelow(output, ".shard") > 0);
    Run fresh = segment("anew");
    assertFalse(fresh.errors().contains("--resume"), fresh.errors());
    assertUndisturbed(fresh);
    // A run that was killed without the flag is continued too.
    copy(killed, output);
    Run continued = segment("anew", "--resume");
    assertSays(continued.errors(), "--resume: continues the stopped run in " + output);
    assertUndisturbed(continued);
    // Another spec.
    copy(killed, output);
    Run otherSpec = segment("anew", "--resume", "--seed=3").succeeded();
    assertSays(otherSpec.errors(), "the spec, or a flag that overrides it, has changed", "anew");
    // Another input.
    copy(killed, output);
    byte[] users = Files.readAllBytes(input);
    var written = Files.getLastModifiedTime(input);
    Files.write(input, users);
    Run otherInput = segment("anew", "--resume");
    Files.setLastModifiedTime(input, written);
    assertSays(otherInput.errors(), "the input has changed: " + input + " was written again");
    assertUndisturbed(otherInput);
  }

  @Test
  void aRunThatFailsKeepsWhatItSavedOnlyWithTheFlag() throws IOException {
    String publish = "Publish results";
    Run plain = StoppedSteps.failing(publish, () -> segment("failed", DIRECT));
    assertEquals(ExitCode.FAILED, plain.exitCode(), plain.errors());
    assertEquals(List.of(), plain.names());
    Run kept = StoppedSteps.failing(publish, () -> segment("failed", DIRECT, "--resume"));
    assertEquals(ExitCode.FAILED, kept.exitCode(), kept.errors());
    assertSays(kept.errors(), "The saved states of the run stay in " + kept.output());
    Run continued = segment("failed", "--resume");
    assertSays(continued.errors(), "--resume: continues the stopped run in " + kept.output());
    assertUndisturbed(continued);
  }

  /** The command fails before it publishes, and is continued: the results of an undisturbed one. */
  private static void assertContinued(Path undisturbedOutput, List<String> args)
      throws IOException {
    Run whole = command(undisturbedOutput, args(args, undisturbedOutput, "")).succeeded();
    Path output = undisturbedOutput.resolveSibling(undisturbedOutput.getFileName() + "-stopped");
    Run failed =
        StoppedSteps.failing("Publish results", () -> command(output, args(args, output, DIRECT)));
    assertEquals(ExitCode.FAILED, failed.exitCode(), failed.errors());
    Run continued = command(output, args(args, output, "")).succeeded();
    assertSays(continued.errors(), "--resume: continues the stopped run in " + output);
    assertEquals(results(whole.output()), results(output));
    assertFalse(
        continued.names().stream().anyMatch(name -> name.startsWith(".")),
        continued.names().toString());
  }

  private static List<String> args(List<String> args, Path output, String runner) {
    List<String> all = new ArrayList<>(args);
    all.addAll(List.of("--resume", "--output=" + output));
    if (!runner.isEmpty()) {
      all.add(runner);
    }
    return all;
  }

  @Test
  void aTemplateIsRefusedBecauseNoJobCanContinueIt() {
    Run run =
        segment(
            "template",
            "--runner=DataflowRunner",
            "--project=p",
            "--region=europe-west1",
            "--templateLocation=" + folder.resolve("template"),
            "--resume");
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertSays(run.errors(), "--resume: a template and Flink's application mode run a single job");
  }

  @Test
  void aScoreIsContinued() throws IOException {
    assertContinued(
        folder.resolve("scored"),
        List.of(
            "score",
            "--model=" + week.output().resolve("model.json"),
            "--input=" + input,
            "--slots=2"));
  }

  /** The users that were made of events are results, which the stopped run had staged. */
  @Test
  void aRunOfEventsIsContinued() throws IOException {
    Path orders = folder.resolve("orders.csv");
    command(orders, List.of("simulate", "--orders", "--users=300", "--output=" + orders))
        .succeeded();
    assertContinued(
        folder.resolve("events"),
        List.of("segment", "--spec=pipelines/orders-rfm.yaml", "--input=" + orders));
  }

  @Test
  void aRunIntoABucketIsContinued() throws IOException {
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_DONE")) {
      String output = "gs://" + FakeBucket.NAME + "/out";
      List<String> more = new ArrayList<>(cloud.storageFlags());
      more.addAll(List.of("--output=" + output, "--resume"));
      Run failed =
          StoppedSteps.failing("Publish results", () -> segment("bucket", with(more, DIRECT)));
      assertEquals(ExitCode.FAILED, failed.exitCode(), failed.errors());
      Run continued = segment("bucket", with(more, "--runner=DirectRunner")).succeeded();
      assertSays(continued.errors(), "--resume: continues the stopped run in " + output);
      Map<String, String> published = new TreeMap<>();
      cloud
          .bucket()
          .objects()
          .forEach(
              (name, bytes) -> {
                if (!name.startsWith("out/.publication-")) {
                  String text = new String(bytes, ISO_8859_1).replace(output, "OUTPUT");
                  String file = name.substring("out/".length());
                  published.put(file, Run.withoutSeconds(file, text));
                }
              });
      assertEquals(undisturbed, published);
    }
  }

  private static String[] with(List<String> flags, String more) {
    List<String> all = new ArrayList<>(flags);
    all.removeIf(flag -> flag.startsWith("--runner="));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
