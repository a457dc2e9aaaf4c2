package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the score of a stream on embedded Flink with a real broker on loopback. */
class StreamFlinkTest {
  private static final int USERS = 2_000;
  private static final Pattern PLACE =
      Pattern.compile("\"source\":\"flink-in/(\\d+)\",\"position\":(\\d+)");

  @TempDir static Path folder;
  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = new KafkaBroker(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static StreamProcess score(Path model, String columns) throws Exception {
    return new StreamProcess(
        folder.resolve("flink.log"),
        "--runner=FlinkRunner",
        "--parallelism=2",
        "--checkpointingInterval=500",
        "--modelRefresh=1",
        "--group=flink",
        "--columns=" + columns,
        "--model=" + model,
        "--input=" + broker.address("flink-in"),
        "--output=" + broker.address("flink-out"),
        "--deadLetters=" + broker.address("flink-dead"));
  }

  private static Set<String> places(List<String> events) {
    Set<String> places = new HashSet<>();
    for (String event : events) {
      Matcher place = PLACE.matcher(event);
      assertTrue(place.find(), event);
      places.add("flink-in-" + place.group(1) + " " + place.group(2));
    }
    return places;
  }

  /** What an assignment says, without where the message was read. */
  private static Set<String> answers(List<String> events) {
    Set<String> answers = new HashSet<>();
    events.forEach(event -> answers.add(event.replaceAll(",\"source\".*", "")));
    return answers;
  }

  private static long committed() throws Exception {
    return broker.committed("flink").values().stream().mapToLong(Long::longValue).sum();
  }

  @Test
  void scoresCommitsAndGoesOnAfterAKill() throws Exception {
    broker.create(2, "flink-in");
    broker.create(1, "flink-out", "flink-dead");
    Path users = Files.write(folder.resolve("users.csv"), Run.simulated(USERS, 11));
    Run trained = Run.segment(folder.resolve("trained"), "--input=" + users).succeeded();
    Path model = folder.resolve("trained/model.json");
    List<String> lines = Files.readAllLines(users);
    broker.send("flink-in", lines.subList(1, USERS / 2));
    try (StreamProcess process = score(model, lines.get(0))) {
      broker.await("flink-out", events -> places(events).size() >= USERS / 2 - 1);
      awaitCommitted(1);
      broker.send("flink-in", lines.subList(USERS / 2, USERS + 1));
      broker.send("flink-in", List.of("u,not,a,user"));
      broker.await("flink-out", events -> places(events).size() >= USERS / 2 + 100);
      process.kill();
    }
    Map<String, Long> committed = broker.committed("flink");
    Set<String> written = places(broker.all("flink-out"));
    written.addAll(places(broker.all("flink-dead")));
    committed.forEach(
        (partition, offset) -> {
          for (long position = 0; position < offset; position++) {
            assertTrue(written.contains(partition + " " + position), partition + " " + position);
          }
        });
    try (StreamProcess process = score(model, lines.get(0))) {
      List<String> events = broker.await("flink-out", all -> places(all).size() >= USERS);
      broker.await("flink-dead", all -> !all.isEmpty());
      awaitCommitted(USERS + 1);
      process.stop();
      assertEquals(USERS, answers(events).size());
      assertEquals(
          trained.rows("assignments").stream().map(row -> row.split(",", -1)[0]).sorted().toList(),
          answers(events).stream()
              .map(event -> event.replaceAll(".*\"user_id\":\"([^\"]*)\".*", "$1"))
              .sorted()
              .toList());
    }
  }

  private static void awaitCommitted(long least) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (committed() < least) {
      assertTrue(System.nanoTime() < end, "committed " + broker.committed("flink"));
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
