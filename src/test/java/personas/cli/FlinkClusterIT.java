package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;
import personas.table.SimulatedOrders;

/**
 * Runs the job on a real cluster of processes, submitted in both ways, and with a killed worker.
 */
class FlinkClusterIT {
  private static final Path FOLDER = Path.of("target/flink-cluster");
  private static final String[] WORK = {
    "--spec=src/test/resources/specs/seven-of-three.yaml",
    "--tolerance=0",
    "--maxIterations=20",
    "--iterationsPerJob=20",
    "--rangeMegabytes=1",
    "--slots=4"
  };

  /** Passes that a job in the middle of its iterations has finished. */
  private static final int PASSES = 3;

  private static final Path ORDERS = Path.of("pipelines/orders-rfm.yaml").toAbsolutePath();

  private static FlinkCluster cluster;
  private static Run reference;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    // More than the sample holds, so that the passes last.
    Files.write(FOLDER.resolve("users.csv"), Run.simulated(130_000, 11));
    reference = Run.segment(FOLDER.resolve("reference"), flags()).succeeded();
    cluster = new FlinkCluster(FOLDER.resolve("cluster").toAbsolutePath(), 2);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.stop();
  }

  private static String[] flags(String... more) {
    List<String> all = new ArrayList<>(List.of(WORK));
    all.add("--input=" + FOLDER.resolve("users.csv").toAbsolutePath());
    for (String flag : more) {
      String name = flag.substring(0, flag.indexOf('=') + 1);
      all.removeIf(each -> each.startsWith(name));
      all.add(flag);
    }
    return all.toArray(String[]::new);
  }

  private static void assertSameAsReference(Path output) throws IOException {
    assertEquals(reference.modelText(), new Run(0, "", output).modelText());
    assertSameAsReferenceOfAnotherSpec(output);
  }

  /** The same users in the same personas by a spec with another text. */
  private static void assertSameAsReferenceOfAnotherSpec(Path output) throws IOException {
    Run run = new Run(0, "", output);
    assertEquals(reference.modelTextOfAnySpec(), run.modelTextOfAnySpec());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertTrue(
        run.names().stream().noneMatch(name -> name.startsWith(".")),
        "nothing is left in staging: " + run.names());
  }

  /** The launcher's way: the class path of Flink's client, the bundled jar for the workers. */
  private static Process flinkMaster(Path output, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                "target/beam-personas.jar:target/lib/*",
                "personas.cli.Main",
                "segment",
                "--runner=FlinkRunner",
                "--flinkMaster=" + cluster.address(),
                "--filesToStage=" + Path.of("target/beam-personas-flink.jar").toAbsolutePath(),
                "--parallelism=3",
                "--output=" + output.toAbsolutePath()));
    command.addAll(List.of(flags(more)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.resolveSibling(output.getFileName() + ".log").toFile())
        .start();
  }

  /** The command of a Flink distribution. */
  private static Process flinkRun(Path output, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("segment", "--runner=FlinkRunner"));
    args.add("--output=" + output.toAbsolutePath());
    args.addAll(List.of(flags(more)));
    return cluster.flinkRun(
        output.resolveSibling(output.getFileName() + ".log"), args.toArray(String[]::new));
  }

  private static String log(Path output) throws IOException {
    return Files.readString(output.resolveSibling(output.getFileName() + ".log"));
  }

  private static void assertEndsWell(Process process, Path output)
      throws InterruptedException, IOException {
    assertTrue(process.waitFor(110, TimeUnit.SECONDS), "still running");
    assertEquals(0, process.exitValue(), log(output));
  }

  /** In both translations of Beam. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void flinkRunGivesTheSameBytes(boolean dataStream) throws IOException, InterruptedException {
    Path output = FOLDER.resolve("flink-run-" + dataStream);
    assertEndsWell(flinkRun(output, "--useDataStreamForBatch=" + dataStream), output);
    assertSameAsReference(output);
    List<String> tasks = cluster.tasksOfLastJob();
    // The two translations give the tasks that read other names.
    assertEquals(
        dataStream, tasks.stream().anyMatch(name -> name.startsWith("Source: ")), "" + tasks);
    assertEquals(
        !dataStream, tasks.stream().anyMatch(name -> name.contains("DataSource")), "" + tasks);
  }

  @Test
  void flinkMasterGivesTheSameBytes() throws IOException, InterruptedException {
    Path output = FOLDER.resolve("flink-master");
    assertEndsWell(flinkMaster(output), output);
    assertSameAsReference(output);
  }

  @Test
  void eventsGiveTheSameUsersAndTheSameBytes() throws IOException, InterruptedException {
    Path orders = FOLDER.resolve("orders.csv").toAbsolutePath();
    try (OutputStream out = Files.newOutputStream(orders)) {
      new SimulatedOrders(5).writeCsv(0, 20_000, out);
    }
    String[] events = {"--spec=" + ORDERS, "--input=" + orders};
    Run expected = Run.segment(FOLDER.resolve("events-reference"), flags(events)).succeeded();
    Path output = FOLDER.resolve("events");
    assertEndsWell(flinkMaster(output, events), output);
    Run run = new Run(0, "", output);
    assertEquals(expected.rows("users"), run.rows("users"));
    assertEquals(expected.modelText(), run.modelText());
    assertEquals(expected.rows("assignments"), run.rows("assignments"));
  }

  /**
   * The cause of a failure may arrive as text, so the launcher reads the reason from staging. The
   * job fails at its first attempt, although the cluster allows 20 restarts.
   */
  @ParameterizedTest
  @CsvSource({"flinkMaster,false", "flinkRun,true"})
  void refusedDataIsExitCode3WithTheSameMessage(String submission, boolean dataStream)
      throws IOException, InterruptedException {
    Path users = FOLDER.resolve("users.csv");
    List<String> lines = new ArrayList<>(Files.readAllLines(users).subList(0, 200));
    String header = lines.get(0);
    lines.replaceAll(line -> line.replaceAll(",\\d+,", ",none,"));
    lines.set(0, header);
    String name = "refused-" + submission + "-" + dataStream;
    Path input = Files.write(FOLDER.resolve(name + ".csv"), lines).toAbsolutePath();
    String[] flags = {"--input=" + input, "--useDataStreamForBatch=" + dataStream};
    Run direct = Run.segment(FOLDER.resolve(name + "-reference"), flags(flags[0]));
    assertEquals(ExitCode.DATA_REFUSED, direct.exitCode(), direct.errors());
    Path output = FOLDER.resolve(name);
    long restarts = restarts();
    Process process =
        submission.equals("flinkRun") ? flinkRun(output, flags) : flinkMaster(output, flags);
    assertTrue(process.waitFor(50, TimeUnit.SECONDS), "still running");
    String log = log(output);
    assertEquals(ExitCode.DATA_REFUSED, process.exitValue(), log);
    assertTrue(log.contains(direct.errors().strip()), direct.errors() + "\nis not in\n" + log);
    assertEquals(List.of(), new Run(0, "", output).names(), log);
    cluster.await("\"jobs-running\":0,", "/overview");
    assertEquals(restarts, restarts());
    assertEquals("FAILED", cluster.stateOfLastJob());
  }

  /** In both translations of Beam. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKilledTaskManagerCostsNothingButTime(boolean dataStream)
      throws IOException, InterruptedException {
    Path output = FOLDER.resolve("killed-" + dataStream);
    long restarts = restarts();
    Process process = flinkMaster(output, "--useDataStreamForBatch=" + dataStream);
    TestFiles.awaitPasses(process, output, PASSES);
    // One that the other translation has left alive.
    cluster.killTaskManager(dataStream ? 1 : 0);
    cluster.startTaskManager();
    assertEndsWell(process, output);
    assertSameAsReference(output);
    assertTrue(restarts() > restarts, "the job was restarted");
  }

  private static long restarts() throws IOException {
    return cluster.jobManagerLog().lines().filter(line -> line.contains("RESTARTING")).count();
  }

  /** In both translations of Beam, with the signal of Ctrl-C and of a service manager. */
  @ParameterizedTest
  @CsvSource({"TERM,143,false", "INT,130,true"})
  void aSignalToTheClientCancelsItsJob(String signal, int exitCode, boolean dataStream)
      throws IOException, InterruptedException {
    Path output = FOLDER.resolve("signalled-" + signal + "-" + dataStream);
    Process process = flinkMaster(output, "--useDataStreamForBatch=" + dataStream);
    TestFiles.awaitPasses(process, output, PASSES);
    assertCancels(process, output, signal, exitCode);
  }

  /** The workers wait for the database, so the signal comes in the midst of publishing. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSignalWhileResultsArePublishedLetsThemBecomeWhole(boolean dataStream, @TempDir Path folder)
      throws Exception {
    Path programs = PostgreSql.installedOrSkip("FlinkClusterIT.aSignalWhile...");
    Path output = FOLDER.resolve("signalled-late-" + dataStream);
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try {
      server.execute(PostgreSql.ASSIGNMENTS);
      Path spec =
          server.spec("src/test/resources/specs/seven-of-three.yaml", folder, "assignments");
      Process process;
      try (Connection lock = server.connect()) {
        PostgreSql.lockFirstUser(lock);
        process =
            flinkMaster(
                output, "--spec=" + spec.toAbsolutePath(), "--useDataStreamForBatch=" + dataStream);
        server.awaitBlocked(process);
        process.destroy();
        cluster.await("\"state\":\"CANCELLING\"", "/jobs/overview");
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      String log = log(output);
      assertTrue(log.contains("but publishing had begun: all results of this run are in"), log);
      assertSameAsReferenceOfAnotherSpec(output);
      assertEquals(List.of("130000"), server.rows("SELECT count(*) FROM assignments"));
    } finally {
      server.close();
    }
  }

  @Test
  void aTerminatedFlinkRunCancelsItsJob() throws IOException, InterruptedException {
    Path output = FOLDER.resolve("terminated-flink-run");
    Process process = flinkRun(output, "--useDataStreamForBatch=true");
    TestFiles.awaitPasses(process, output, PASSES);
    assertCancels(process, output, "TERM", 143);
  }

  private static void assertCancels(Process process, Path output, String signal, int exitCode)
      throws IOException, InterruptedException {
    // Stopped, the workers come no nearer to the end before the job is canceled.
    cluster.signalTaskManagers("STOP");
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      cluster.await("\"state\":\"CANCELLING\"", "/jobs/overview");
    } finally {
      cluster.signalTaskManagers("CONT");
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    String log = log(output);
    assertEquals(exitCode, process.exitValue(), log);
    assertTrue(log.contains("canceled; staging is removed, earlier results are unchanged"), log);
    cluster.await("\"jobs-running\":0,", "/overview");
    assertEquals("CANCELED", cluster.stateOfLastJob());
    try (var left = Files.list(output)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
