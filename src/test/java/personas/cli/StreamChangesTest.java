package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes the model and restarts the broker while messages flow through embedded Flink. No message
 * is lost.
 */
class StreamChangesTest {
  private static final int USERS = 1_000;
  private static final int MESSAGES = 100_000;
  private static final int MAX_MESSAGES = 1_000_000;
  private static final Pattern EVENT =
      Pattern.compile(
          "\"user_id\":\"([^\"]*)\".*\"source\":\"([^\"]*)\",\"position\":(\\d+),"
              + "\"model\":\"([^\"]*)\"");

  @TempDir static Path folder;
  private static KafkaBroker broker;
  private static List<String> users;
  private static Path model;

  @BeforeAll
  static void start() throws Exception {
    broker = new KafkaBroker(folder);
    broker.create(2, "changes-in");
    broker.create(1, "changes-out", "changes-dead");
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(USERS, 11));
    users = Files.readAllLines(input);
    model = Files.copy(train(input, "first", "--k=3"), folder.resolve("model.json"));
    train(input, "second", "--k=4");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Path train(Path input, String name, String k) {
    String spec = "--spec=src/test/resources/specs/seven-of-three.yaml";
    Run.segment(folder.resolve(name), "--input=" + input, spec, k).succeeded();
    return folder.resolve(name + "/model.json");
  }

  private static StreamProcess score() throws Exception {
    return new StreamProcess(
        folder.resolve("changes.log"),
        "--runner=FlinkRunner",
        "--parallelism=2",
        "--checkpointingInterval=500",
        "--modelRefresh=1",
        "--group=changes",
        "--columns=" + users.get(0),
        "--model=" + model,
        "--input=" + broker.address("changes-in"),
        "--output=" + broker.address("changes-out"),
        "--deadLetters=" + broker.address("changes-dead"));
  }

  private static int sendAllUsers() {
    broker.send("changes-in", users.subList(1, users.size()));
    return USERS;
  }

  private static Matcher parts(String event) {
    Matcher parts = EVENT.matcher(event);
    assertTrue(parts.find(), event);
    return parts;
  }

  private static String model(String event) {
    return parts(event).group(4);
  }

  /** Waits until each message has an answer: some have two after a broker was away. */
  private static void awaitAnswers(int messages) throws InterruptedException {
    long answers = messages;
    do {
      broker.awaitSize("changes-out", answers);
      answers = broker.size("changes-out") + 1;
    } while (places().size() < messages);
  }

  /** The messages that have an answer. */
  private static Set<String> places() {
    Set<String> places = new HashSet<>();
    for (String event : broker.all("changes-out")) {
      Matcher parts = parts(event);
      places.add(parts.group(2) + " " + parts.group(3));
    }
    return places;
  }

  /** The digests of the models that have answered, once each message has an answer. */
  private static Set<String> models(int messages) {
    Set<String> models = new HashSet<>();
    Map<String, String> answers = new HashMap<>();
    for (String event : broker.all("changes-out")) {
      Matcher parts = parts(event);
      models.add(parts.group(4));
      String answer = event.replaceFirst("\"position\":\\d+", "").replaceFirst("in/\\d+", "");
      String former = answers.putIfAbsent(parts.group(1) + " " + parts.group(4), answer);
      assertTrue(former == null || former.equals(answer), former + "\n" + answer);
    }
    assertEquals(messages, places().size(), "messages with an answer");
    return models;
  }

  @Test
  void aModelThatChangesAndABrokerThatComesBackLoseNoMessage() throws Exception {
    try (StreamProcess process = score()) {
      try {
        check(process);
      } catch (IllegalStateException stalled) {
        throw new AssertionError(process.log(), stalled);
      }
      process.stop();
    }
    assertEquals(0, broker.size("changes-dead"));
  }

  private static void check(StreamProcess process) throws Exception {
    int sent = 0;
    while (sent < MESSAGES / 2) {
      sent += sendAllUsers();
    }
    broker.awaitSize("changes-out", 1);
    String first = model(broker.last("changes-out"));
    Files.move(
        folder.resolve("second/model.json"),
        model,
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    while (sent < MESSAGES || model(broker.last("changes-out")).equals(first)) {
      assertTrue(sent < MAX_MESSAGES, process.log());
      sent += sendAllUsers();
      broker.awaitSize("changes-out", sent - MESSAGES / 2);
    }
    sent += sendAllUsers();
    broker.restart();
    sent += sendAllUsers();
    awaitAnswers(sent);
    assertEquals(2, models(sent).size(), "models");
  }
}
