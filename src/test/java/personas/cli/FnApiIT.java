package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.model.jobmanagement.v1.JobApi.JobInfo;
import org.apache.beam.model.jobmanagement.v1.JobApi.JobState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import personas.cli.exit.ExitCode;
import personas.table.SimulatedOrders;

/**
 * Runs the commands through Beam's Fn API, where the client, the job server and two workers are
 * separate processes. Code that works only within one process or with a known runner fails here.
 */
class FnApiIT {
  private static final Path FOLDER = Path.of("target/fn-api").toAbsolutePath();
  private static final int USERS = 120_000;
  private static final int PATIENCE_SECONDS = 300;
  private static final Pattern PASSES = Pattern.compile("(?m)^(\\d+) full pass(es)?;");
  private static final Pattern SLOTS =
      Pattern.compile("(?m); slots at the same time in one process: (\\d+)$");

  /** Several passes in each of two jobs. */
  private static final String[] WORK = {
    "--spec=src/test/resources/specs/seven-of-three.yaml",
    "--tolerance=0",
    "--maxIterations=6",
    "--iterationsPerJob=4",
    "--rangeMegabytes=1",
    "--slots=4",
    "--verbose=true"
  };

  private static FnApiCluster cluster;
  private static Run reference;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    Files.write(users(), Run.simulated(USERS, 7));
    reference = Run.segment(FOLDER.resolve("reference"), work()).succeeded();
    assertTrue(reference.model().iterations() > 3, "there is work for two jobs");
    cluster = new FnApiCluster(FOLDER.resolve("cluster"));
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (cluster != null) {
      cluster.stop();
    }
  }

  private static Path users() {
    return FOLDER.resolve("users.csv");
  }

  private static String[] work(String... more) {
    List<String> flags = new ArrayList<>(List.of(WORK));
    flags.add("--input=" + users());
    for (String flag : more) {
      String name = flag.substring(0, flag.indexOf('=') + 1);
      flags.removeIf(each -> each.startsWith(name));
      flags.add(flag);
    }
    return flags.toArray(String[]::new);
  }

  /** How a process of the program ended, and all that it printed. */
  private record Outcome(Run run, String log) {
    Outcome succeeded() {
      assertEquals(ExitCode.DONE, run.exitCode(), log);
      return this;
    }
  }

  private static Process start(String command, String name, String... flags) throws IOException {
    List<String> args = new ArrayList<>(List.of(command, "--output=" + FOLDER.resolve(name)));
    args.addAll(List.of(flags));
    return cluster.client(FOLDER.resolve(name + ".log"), args.toArray(String[]::new));
  }

  private static Outcome end(Process process, String name)
      throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), name + " is still running");
    String log = Files.readString(FOLDER.resolve(name + ".log"));
    return new Outcome(new Run(process.exitValue(), "", FOLDER.resolve(name)), log);
  }

  private static Outcome run(String command, String name, String... flags)
      throws IOException, InterruptedException {
    return end(start(command, name, flags), name);
  }

  private static void assertNothingIsStaged(Run run) throws IOException {
    assertTrue(run.names().stream().noneMatch(name -> name.startsWith(".")), run.names() + "");
  }

  private static void assertSame(Run expected, Run run) throws IOException {
    assertEquals(expected.modelText(), run.modelText());
    assertEquals(expected.rows("assignments"), run.rows("assignments"));
    assertEquals(expected.reportBytes(), run.reportBytes());
    assertNothingIsStaged(run);
  }

  @Test
  void aSegmentationOfTwoJobsGivesTheSameBytes() throws IOException, InterruptedException {
    int before = cluster.jobs().size();
    Outcome outcome = run("segment", "segment", work()).succeeded();
    assertSame(reference, outcome.run());
    assertEquals(2, cluster.jobs().size() - before, "jobs");
    assertTrue(
        cluster.connections().stream().allMatch(connections -> connections > 0),
        "both workers have work: " + cluster.connections());
    Matcher passes = PASSES.matcher(outcome.log());
    assertTrue(passes.find(), outcome.log());
    // One more pass sums up the clusters of the last centroids.
    assertEquals(reference.model().iterations() + 1, Integer.parseInt(passes.group(1)), "passes");
  }

  /** Two processes share no counter, so both tasks run in one process here. */
  @Test
  void twoSlotsRunAtTheSameTime() throws IOException, InterruptedException {
    Path log = FOLDER.resolve("one-worker.log");
    List<String> args = new ArrayList<>(List.of("segment"));
    args.add("--output=" + FOLDER.resolve("one-worker"));
    args.addAll(List.of(work()));
    Outcome outcome =
        end(cluster.clientOfFirstWorker(log, args.toArray(String[]::new)), "one-worker");
    assertSame(reference, outcome.succeeded().run());
    Matcher slots = SLOTS.matcher(outcome.log());
    assertTrue(slots.find(), outcome.log());
    assertEquals("2", slots.group(1), "slots at the same time");
  }

  @Test
  void aScoreGivesTheSameBytes() throws IOException, InterruptedException {
    String[] flags = {
      "--model=" + reference.output().resolve("model.json"), "--input=" + users(), "--slots=4"
    };
    List<String> args = new ArrayList<>(List.of("score", "--quiet"));
    Path expected = FOLDER.resolve("score-reference");
    args.add("--output=" + expected);
    args.addAll(List.of(flags));
    Run direct = Run.command(expected, args.toArray(String[]::new)).succeeded();
    Run run = run("score", "score", flags).succeeded().run();
    assertEquals(direct.rows("assignments"), run.rows("assignments"));
    assertEquals(direct.score(), run.score());
    assertNothingIsStaged(run);
  }

  @Test
  void eventsGiveTheSameUsersAndTheSameBytes() throws IOException, InterruptedException {
    Path orders = FOLDER.resolve("orders.csv");
    try (OutputStream out = Files.newOutputStream(orders)) {
      new SimulatedOrders(5).writeCsv(0, 20_000, out);
    }
    Path spec = Path.of("pipelines/orders-rfm.yaml").toAbsolutePath();
    String[] flags = work("--input=" + orders, "--spec=" + spec);
    Run direct = Run.segment(FOLDER.resolve("events-reference"), flags).succeeded();
    Run run = run("segment", "events", flags).succeeded().run();
    assertEquals(direct.rows("users"), run.rows("users"));
    assertSame(direct, run);
  }

  @Test
  void rejectingLaterRecordsOfAnIdGivesTheSameBytes() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(Files.readAllLines(users()));
    int rows = lines.size() - 1;
    for (int i = 0; i < rows; i += 40) {
      lines.add(lines.get(1 + i));
    }
    Path input = Files.write(FOLDER.resolve("twice.csv"), lines);
    String text = Files.readString(Path.of("src/test/resources/specs/seven-of-three.yaml"));
    Path spec =
        Files.writeString(
            FOLDER.resolve("twice.yaml"),
            text.replace("input:\n", "input:\n  duplicates: reject-later\n"));
    String[] flags = work("--input=" + input, "--spec=" + spec);
    Run direct = Run.segment(FOLDER.resolve("twice-reference"), flags).succeeded();
    assertEquals(USERS / 40, direct.rows("rejected").size());
    Run run = run("segment", "twice", flags).succeeded().run();
    assertSame(direct, run);
    assertEquals(direct.rows("rejected"), run.rows("rejected"));
  }

  @Test
  void goingOnFromAPreviousRunGivesTheSameBytes() throws IOException, InterruptedException {
    Path moved = Files.write(FOLDER.resolve("next.csv"), Run.simulated(USERS + 500, 8));
    String[] flags =
        work(
            "--input=" + moved,
            "--previousModel=" + reference.output().resolve("model.json"),
            "--previousAssignments=" + reference.output() + "/assignments-*.csv");
    Run direct = Run.segment(FOLDER.resolve("next-reference"), flags).succeeded();
    Run run = run("segment", "next", flags).succeeded().run();
    assertSame(direct, run);
    assertEquals(direct.drift(), run.drift());
  }

  @Test
  void refusedDataIsExitCode3WithTheSameMessage() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>(Files.readAllLines(users()).subList(0, 200));
    lines.replaceAll(line -> line.replaceAll(",\\d+,", ",none,"));
    lines.set(0, Files.readAllLines(users()).get(0));
    Path input = Files.write(FOLDER.resolve("refused.csv"), lines);
    Run direct = Run.segment(FOLDER.resolve("refused-reference"), work("--input=" + input));
    assertEquals(ExitCode.DATA_REFUSED, direct.exitCode(), direct.errors());
    Outcome outcome = run("segment", "refused", work("--input=" + input));
    assertEquals(ExitCode.DATA_REFUSED, outcome.run().exitCode(), outcome.log());
    String message = direct.errors().strip();
    assertTrue(outcome.log().contains(message), message + "\nis not in\n" + outcome.log());
    assertNothingIsStaged(outcome.run());
  }

  @Test
  void aTerminatedClientCancelsItsJob() throws IOException, InterruptedException {
    String[] many = work("--maxIterations=20", "--iterationsPerJob=20");
    List<String> before = cluster.jobs().stream().map(JobInfo::getJobId).toList();
    Process process = start("segment", "terminated", many);
    TestFiles.awaitPasses(process, FOLDER.resolve("terminated"), 2);
    process.destroy();
    Outcome outcome = end(process, "terminated");
    assertEquals(143, outcome.run().exitCode(), outcome.log());
    assertTrue(
        outcome.log().contains("canceled; staging is removed, earlier results are unchanged"),
        outcome.log());
    assertEquals(List.of(), outcome.run().names());
    List<JobState.Enum> states =
        cluster.jobs().stream()
            .filter(job -> !before.contains(job.getJobId()))
            .map(JobInfo::getState)
            .toList();
    assertEquals(List.of(JobState.Enum.CANCELLED), states);
  }
}
