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
import org.junit.jupiter.params.provider.ValueSource;
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

  /** The mark of a job in the middle of its iterations. */
  private static final String PASSES = "pass-00003";

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
                "target/beam-personas.jar:target/lib/*:target/lib/google-cloud/*",
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

  private static void assertEndsWell(Process process, Path output)
      throws InterruptedException, IOException {
    assertTrue(process.waitFor(110, TimeUnit.SECONDS), "still running");
    String log = Files.readString(output.resolveSibling(output.getFileName() + ".log"));
    assertEquals(0, process.exitValue(), log);
  }

  @Test
  void flinkRunGivesTheSameBytes() throws IOException, InterruptedException {
    Path output = FOLDER.resolve("flink-run");
    List<String> args = new ArrayList<>(List.of("segment", "--runner=FlinkRunner"));
    args.addAll(List.of(flags("--output=" + output.toAbsolutePath())));
    Process process =
        cluster.flinkRun(FOLDER.resolve("flink-run.log"), args.toArray(String[]::new));
    assertEndsWell(process, output);
    assertSameAsReference(output);
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

  /** In both translations of Beam. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKilledTaskManagerCostsNothingButTime(boolean dataStream)
      throws IOException, InterruptedException {
    Path output = FOLDER.resolve("killed-" + dataStream);
    long restarts = restarts();
    Process process = flinkMaster(output, "--useDataStreamForBatch=" + dataStream);
    TestFiles.awaitBelow(process, output, PASSES);
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

  @Test
  void aTerminatedClientCancelsItsJob() throws IOException, InterruptedException {
    Path output = FOLDER.resolve("terminated");
    Process process = flinkMaster(output);
    TestFiles.awaitBelow(process, output, PASSES);
    assertCancels(process, output);
  }

  /** The workers wait for the database, so the signal comes in the midst of publishing. */
  @Test
  void aSignalWhileResultsArePublishedLetsThemBecomeWhole(@TempDir Path folder) throws Exception {
    Path programs = PostgreSql.installedOrSkip("FlinkClusterIT.aSignalWhile...");
    Path output = FOLDER.resolve("signalled-late");
    PostgreSql server = PostgreSql.startIn(programs, folder);
    try {
      server.execute(PostgreSql.ASSIGNMENTS);
      Path spec =
          server.spec("src/test/resources/specs/seven-of-three.yaml", folder, "assignments");
      Process process;
      try (Connection lock = server.connect()) {
        PostgreSql.lockFirstUser(lock);
        process = flinkMaster(output, "--spec=" + spec.toAbsolutePath());
        server.awaitBlocked(process);
        process.destroy();
        cluster.await("\"state\":\"CANCELLING\"", "/jobs/overview");
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      String log = Files.readString(FOLDER.resolve("signalled-late.log"));
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
    List<String> args = new ArrayList<>(List.of("segment", "--runner=FlinkRunner"));
    args.addAll(List.of(flags("--output=" + output.toAbsolutePath())));
    Process process =
        cluster.flinkRun(FOLDER.resolve("terminated-flink-run.log"), args.toArray(String[]::new));
    TestFiles.awaitBelow(process, output, PASSES);
    assertCancels(process, output);
  }

  private static void assertCancels(Process process, Path output)
      throws IOException, InterruptedException {
    // Stopped, the workers come no nearer to the end before the job is cancelled.
    cluster.signalTaskManagers("STOP");
    try {
      process.destroy();
      cluster.await("\"state\":\"CANCELLING\"", "/jobs/overview");
    } finally {
      cluster.signalTaskManagers("CONT");
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
    String log = Files.readString(output.resolveSibling(output.getFileName() + ".log"));
    assertTrue(log.contains("cancelled; staging is removed, earlier results are unchanged"), log);
    cluster.await("\"jobs-running\":0,", "/overview");
    assertTrue(cluster.get("/overview").contains("\"jobs-failed\":0"), cluster.get("/overview"));
    try (var left = Files.list(output)) {
      assertEquals(List.of(), left.toList());
    }
  }
}
