package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import personas.cli.exit.ExitCode;

/**
 * Checks Flink's application mode, as on Kubernetes: the job manager calls {@code main} of the jar,
 * and an operator sees only a failure of {@code main}.
 */
class FlinkApplicationIT {
  private static final Path FOLDER = Path.of("target/flink-application").toAbsolutePath();
  private static final String JOB_ID = "00000000000000000000000000000016";

  /** How {@code flink-deployment.yaml} configures Flink, and how the operator does. */
  private static final String ATTACHED = "execution.attached: true\n";

  private static final String OPERATOR =
      ATTACHED
          + "execution.shutdown-on-application-finish: false\n"
          + "execution.submit-failed-job-on-application-error: true\n";

  private static Run reference;

  @BeforeAll
  static void simulate() throws IOException {
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    Files.write(FOLDER.resolve("users.csv"), Run.simulated(120_000, 7));
    reference = Run.segment(FOLDER.resolve("reference"), work("users.csv")).succeeded();
    assertEquals(3, reference.model().iterations(), "there is work for two jobs");
  }

  private static String[] work(String input) {
    return new String[] {
      "--spec=" + Path.of("src/test/resources/specs/seven-of-three.yaml").toAbsolutePath(),
      "--tolerance=0",
      "--maxIterations=3",
      "--rangeMegabytes=1",
      "--slots=4",
      "--input=" + FOLDER.resolve(input)
    };
  }

  private static FlinkCluster start(
      String name, int taskManagers, String configuration, List<String> ofFlink, String... ofMain)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(ofFlink);
    args.addAll(List.of("segment", "--runner=FlinkRunner", "--output=" + FOLDER.resolve(name)));
    args.addAll(List.of(ofMain));
    return FlinkCluster.application(
        FOLDER.resolve(name + "-cluster"),
        taskManagers,
        configuration,
        args.toArray(String[]::new));
  }

  private static void assertSameAsReference(String name) throws IOException {
    Run run = new Run(0, "", FOLDER.resolve(name));
    assertEquals(reference.modelText(), run.modelText());
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertTrue(run.names().stream().noneMatch(each -> each.startsWith(".")), run.names() + "");
  }

  private static long count(String text, String regex) {
    return Pattern.compile(regex).matcher(text).results().count();
  }

  @Test
  void anApplicationOfTwoJobsGivesTheSameBytesAndEndsAsSucceeded()
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(List.of(work("users.csv")));
    flags.add("--iterationsPerJob=2");
    FlinkCluster cluster = start("two-jobs", 2, ATTACHED, List.of(), flags.toArray(String[]::new));
    try {
      int exitCode = cluster.awaitEnd();
      assertEquals(0, exitCode, cluster.jobManagerLog());
      assertSameAsReference("two-jobs");
      assertEquals(2, count(cluster.jobManagerLog(), "switched from state RUNNING to FINISHED"));
    } finally {
      cluster.stop();
    }
  }

  /** With a fixed id, Flink takes a second job for the first; so there must be only one. */
  @Test
  void anApplicationOfAFixedJobIdIsOneJobThatIsNotStartedAgain()
      throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(List.of(work("users.csv")));
    flags.add("--iterationsPerJob=4");
    FlinkCluster cluster =
        start("one-job", 2, OPERATOR, List.of("--job-id", JOB_ID), flags.toArray(String[]::new));
    try {
      cluster.await("Application completed SUCCESSFULLY");
      String jobs = cluster.get("/jobs/overview");
      assertEquals(1, count(jobs, "\"jid\":"), jobs);
      assertTrue(jobs.contains(JOB_ID) && jobs.contains("\"state\":\"FINISHED\""), jobs);
      assertTrue(cluster.isRunning(), "the operator can read the state");
      assertSameAsReference("one-job");
    } finally {
      cluster.stop();
    }
  }

  @Test
  void aFailureOfMainIsAFailedJobWithTheMessage() throws IOException, InterruptedException {
    FlinkCluster cluster =
        start("failed", 0, OPERATOR, List.of("--job-id", JOB_ID), work("absent.csv"));
    try {
      cluster.await("\"state\":\"FAILED\"", "/jobs/overview");
      String exceptions = cluster.get("/jobs/" + JOB_ID + "/exceptions");
      assertTrue(exceptions.contains("absent.csv"), exceptions);
      assertTrue(cluster.isRunning(), "the operator can read the state");
    } finally {
      cluster.stop();
    }
  }

  /** A verdict comes after the results are published, so the application must not start again. */
  @Test
  void aVerdictIsRefusedBeforeAJob() throws IOException, InterruptedException {
    List<String> flags = new ArrayList<>(List.of(work("absent.csv")));
    flags.add("--failOn=review");
    FlinkCluster cluster =
        start("verdict", 0, OPERATOR, List.of("--job-id", JOB_ID), flags.toArray(String[]::new));
    try {
      cluster.await("\"state\":\"FAILED\"", "/jobs/overview");
      String exceptions = cluster.get("/jobs/" + JOB_ID + "/exceptions");
      assertTrue(exceptions.contains("--failOn: in Flink"), exceptions);
    } finally {
      cluster.stop();
    }
  }

  /**
   * Bad data is found by a task, so the job itself fails. The configuration of the cluster allows
   * 20 restarts, but the job would refuse the same data each time.
   */
  @Test
  void aRefusalOfTheDataIsAFailedJobThatIsNotStartedAgain()
      throws IOException, InterruptedException {
    List<String> lines = Run.simulated(200, 7);
    lines = lines.stream().map(line -> line.replaceAll(",\\d+,", ",none,")).toList();
    Files.write(FOLDER.resolve("refused.csv"), lines);
    Run direct = Run.segment(FOLDER.resolve("refused-reference"), work("refused.csv"));
    assertEquals(ExitCode.DATA_REFUSED, direct.exitCode(), direct.errors());
    String reason = direct.errors().strip();
    FlinkCluster cluster =
        start("refused", 1, OPERATOR, List.of("--job-id", JOB_ID), work("refused.csv"));
    try {
      cluster.await("Application FAILED");
      cluster.await("\"state\":\"FAILED\"", "/jobs/overview");
      String jobs = cluster.get("/jobs/overview");
      assertEquals(1, count(jobs, "\"jid\":"), jobs);
      assertTrue(jobs.contains(JOB_ID) && jobs.contains("\"state\":\"FAILED\""), jobs);
      String log = cluster.jobManagerLog();
      assertEquals(1, count(log, "switched from state CREATED to RUNNING"), log);
      assertEquals(0, count(log, "switched from state \\w+ to RESTARTING"), log);
      assertTrue(log.contains("exit code 3: " + reason), log);
      String exceptions = cluster.get("/jobs/" + JOB_ID + "/exceptions");
      assertTrue(exceptions.contains("FinalRefusalException"), exceptions);
      assertTrue(exceptions.contains(firstSentence(reason)), exceptions);
      assertTrue(cluster.isRunning(), "the operator can read the state");
      assertEquals(List.of(), new Run(0, "", FOLDER.resolve("refused")).names());
    } finally {
      cluster.stop();
    }
  }

  /** JSON escapes the quotation marks and line ends of a longer text. */
  private static String firstSentence(String text) {
    return text.replaceAll("(?s)[\"\n\u2019'].*", "").strip();
  }

  @Test
  void aDetachedApplicationIsRefused() throws IOException, InterruptedException {
    FlinkCluster cluster =
        start("detached", 0, "execution.attached: false\n", List.of(), work("users.csv"));
    try {
      int exitCode = cluster.awaitEnd();
      assertTrue(exitCode != 0, "exit code " + exitCode);
      assertTrue(
          cluster.jobManagerLog().contains("exit code 2: Flink's configuration: execution."),
          cluster.jobManagerLog());
    } finally {
      cluster.stop();
    }
  }
}
