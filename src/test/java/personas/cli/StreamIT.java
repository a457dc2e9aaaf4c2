package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs the score of a stream with the shipped libraries, by the launcher and on a cluster. */
class StreamIT {
  private static final Path FOLDER = Path.of("target/stream").toAbsolutePath();
  private static final String LIBRARIES = "target/beam-personas.jar:target/lib/*";
  private static final int USERS = 50;

  private static KafkaBroker broker;
  private static FlinkCluster cluster;
  private static Run trained;
  private static List<String> lines;

  @BeforeAll
  static void start() throws Exception {
    TestFiles.delete(FOLDER);
    Files.createDirectories(FOLDER);
    lines = Run.simulated(USERS, 11);
    Path users = Files.write(FOLDER.resolve("users.csv"), lines);
    trained = Run.segment(FOLDER.resolve("trained"), "--input=" + users).succeeded();
    broker = new KafkaBroker(FOLDER);
    cluster = new FlinkCluster(FOLDER.resolve("cluster"), 2);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (cluster != null) {
      cluster.stop();
    }
    broker.close();
  }

  private static void topics(String name, List<String> messages) throws Exception {
    broker.create(4, name + "-in");
    broker.create(1, name + "-out", name + "-dead");
    broker.send(name + "-in", messages);
    broker.send(name + "-in", List.of("no user"));
  }

  private static StreamProcess score(String name, String... more) throws Exception {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--group=" + name,
                "--columns=" + lines.get(0),
                "--model=" + trained.output().resolve("model.json"),
                "--input=" + broker.address(name + "-in"),
                "--output=" + broker.address(name + "-out"),
                "--deadLetters=" + broker.address(name + "-dead")));
    flags.addAll(List.of(more));
    return new StreamProcess(
        LIBRARIES, FOLDER.resolve(name + ".log"), flags.toArray(String[]::new));
  }

  /** The ids of the users that were answered. */
  private static Set<String> ids(List<String> events) {
    Set<String> ids = new HashSet<>();
    events.forEach(event -> ids.add(event.replaceAll(".*\"user_id\":\"([^\"]*)\".*", "$1")));
    return ids;
  }

  private static void assertAnswersAll(String name) throws IOException {
    List<String> events = broker.await(name + "-out", all -> ids(all).size() >= USERS);
    broker.await(name + "-dead", all -> !all.isEmpty());
    Set<String> assigned = new HashSet<>();
    trained.rows("assignments").forEach(row -> assigned.add(row.split(",", -1)[0]));
    assertEquals(assigned, ids(events));
  }

  @Test
  void theLaunchersLibrariesSuffice() throws Exception {
    topics("direct", lines.subList(1, lines.size()));
    try (StreamProcess process = score("direct", "--runner=DirectRunner")) {
      assertAnswersAll("direct");
      process.stop();
    }
  }

  private static StreamProcess scoreOnCluster(String name, String... more) throws Exception {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--runner=FlinkRunner",
                "--flinkMaster=" + cluster.address(),
                "--filesToStage=" + Path.of("target/beam-personas-flink.jar").toAbsolutePath(),
                "--checkpointingInterval=1000"));
    flags.addAll(List.of(more));
    return score(name, flags.toArray(String[]::new));
  }

  @Test
  void aClusterOfFlinkScoresUntilItsClientIsStopped() throws Exception {
    topics("cluster", lines.subList(1, lines.size()));
    try (StreamProcess process = scoreOnCluster("cluster", "--parallelism=2")) {
      assertAnswersAll("cluster");
      process.stop();
      cluster.await("\"jobs-running\":0,", "/overview");
    }
  }

  @Test
  void aSavepointOfTwoTasksIsContinuedByFour() throws Exception {
    topics("savepoint", lines.subList(1, USERS / 2));
    String savepoint;
    try (StreamProcess process = scoreOnCluster("savepoint", "--parallelism=2")) {
      process.awaitLog("scoring kafka://");
      broker.awaitSize("savepoint-out", USERS / 2 - 1);
      savepoint = cluster.cancelWithSavepoint();
    }
    long before = broker.size("savepoint-out");
    broker.send("savepoint-in", lines.subList(USERS / 2, lines.size()));
    try (StreamProcess process =
        scoreOnCluster("savepoint", "--parallelism=4", "--savepointPath=" + savepoint)) {
      assertAnswersAll("savepoint");
      process.stop();
    }
    // The savepoint knows what was read: nothing before it was read again.
    assertEquals(before + USERS / 2 + 1, broker.size("savepoint-out"));
    assertEquals(1, broker.size("savepoint-dead"));
  }
}
