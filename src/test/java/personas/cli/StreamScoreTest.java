package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/** Runs the score of a stream on this machine with a real broker on loopback. */
class StreamScoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SPEC = "--spec=src/test/resources/specs/seven-of-three.yaml";
  private static final int USERS = 200;

  @TempDir static Path folder;
  private static KafkaBroker broker;
  private static Path users;
  private static Run batch;

  @BeforeAll
  static void start() throws Exception {
    users = Files.write(folder.resolve("users.csv"), Run.simulated(USERS, 11));
    train("trained", SPEC);
    batch = scoreFiles("batch", users);
    broker = new KafkaBroker(folder);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static void train(String name, String... more) {
    List<String> flags = new ArrayList<>(List.of("--input=" + users));
    flags.addAll(List.of(more));
    Run.segment(folder.resolve(name), flags.toArray(String[]::new)).succeeded();
  }

  private static Run scoreFiles(String name, Path input) {
    return Run.command(
            folder.resolve(name),
            "score",
            "--quiet",
            "--model=" + model(),
            "--maxRejectedShare=1",
            "--input=" + input,
            "--output=" + folder.resolve(name))
        .succeeded();
  }

  private static String model() {
    return folder.resolve("trained/model.json").toString();
  }

  /** Topics of a test: NAME-in with two partitions, NAME-out and NAME-dead. */
  private static void topics(String name) throws Exception {
    broker.create(2, name + "-in");
    broker.create(1, name + "-out", name + "-dead");
  }

  private static StreamProcess score(String name, String... more) throws IOException {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "--group=" + name,
                "--input=" + broker.address(name + "-in"),
                "--output=" + broker.address(name + "-out"),
                "--deadLetters=" + broker.address(name + "-dead")));
    flags.addAll(List.of(more));
    if (flags.stream().noneMatch(flag -> flag.startsWith("--model="))) {
      flags.add("--model=" + model());
    }
    if (flags.stream().noneMatch(flag -> flag.startsWith("--runner="))) {
      flags.add("--runner=DirectRunner");
    }
    return new StreamProcess(folder.resolve(name + ".log"), flags.toArray(String[]::new));
  }

  /** The simulated users as JSON objects, with every value as text. */
  private static List<String> asJson() throws IOException {
    List<String> lines = Files.readAllLines(users);
    String[] names = lines.get(0).split(",", -1);
    List<String> objects = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] values = line.split(",", -1);
      Map<String, String> object = new TreeMap<>();
      IntStream.range(0, names.length).forEach(i -> object.put(names[i], values[i]));
      objects.add(JSON.writeValueAsString(object));
    }
    return objects;
  }

  private static List<Map<String, String>> table(List<Path> files) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Path file : files) {
      try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
        reader.forEach(row -> rows.add(row.getFieldsAsMap()));
      }
    }
    return rows;
  }

  /** Events without what only they have, as tables have them. */
  private static List<Map<String, String>> rows(Collection<String> events) throws IOException {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String event : events) {
      Map<String, String> row = new TreeMap<>();
      JSON.readTree(event)
          .fields()
          .forEachRemaining(field -> row.put(field.getKey(), text(field.getValue())));
      row.keySet().removeAll(Set.of("source", "position", "model"));
      rows.add(row);
    }
    return rows;
  }

  /** A number as the message has it: Jackson would drop its last zeros. */
  private static String text(JsonNode value) {
    return value.isDouble()
        ? String.format(java.util.Locale.ROOT, "%.4f", value.doubleValue())
        : value.asText();
  }

  private static Set<Map<String, String>> distinct(List<Map<String, String>> rows) {
    Set<Map<String, String>> distinct = new HashSet<>();
    rows.forEach(row -> distinct.add(new TreeMap<>(row)));
    return distinct;
  }

  /** Whether as many different messages were answered. */
  private static Predicate<List<String>> answers(int messages) {
    return events -> places(events).size() >= messages;
  }

  private static Set<String> places(List<String> events) {
    Set<String> places = new HashSet<>();
    for (String event : events) {
      JsonNode json = read(event);
      places.add(json.path("source").asText() + " " + json.path("position").asText());
    }
    return places;
  }

  private static JsonNode read(String event) {
    try {
      return JSON.readTree(event);
    } catch (IOException e) {
      throw new AssertionError(event, e);
    }
  }

  private static void assertGivesTheBatch(String name, String... flags) throws Exception {
    try (StreamProcess process = score(name, flags)) {
      List<String> events = broker.await(name + "-out", answers(USERS));
      process.stop();
      assertEquals(USERS, batch.rows("assignments").size());
      assertEquals(distinct(table(batch.files("assignments"))), distinct(rows(events)));
    }
  }

  @Test
  void givesTheValuesOfTheBatch() throws Exception {
    topics("json");
    broker.send("json-in", asJson());
    assertGivesTheBatch("json");
  }

  @Test
  void explainsEachUserAsABatchDoes() throws Exception {
    topics("why");
    broker.send("why-in", asJson());
    Run explained =
        Run.command(
                folder.resolve("explained"),
                "score",
                "--quiet",
                "--explain",
                "--model=" + model(),
                "--input=" + users,
                "--output=" + folder.resolve("explained"))
            .succeeded();
    try (StreamProcess process = score("why", "--explain")) {
      List<String> events = broker.await("why-out", answers(USERS));
      process.stop();
      assertTrue(events.get(0).contains("\"why\":\""), events.get(0));
      assertTrue(events.get(0).contains("\"least_change\":\""), events.get(0));
      assertEquals(distinct(table(explained.files("assignments"))), distinct(rows(events)));
    }
  }

  @Test
  void csvMessagesGiveThemToo() throws Exception {
    topics("csv");
    List<String> lines = Files.readAllLines(users);
    broker.send("csv-in", lines.subList(1, lines.size()));
    assertGivesTheBatch("csv", "--columns=" + lines.get(0));
  }

  /** What the batch rejects of the same lines, with its words; the keys stay with the messages. */
  @Test
  void aMessageThatIsNotAUserBecomesADeadLetter() throws Exception {
    topics("bad");
    List<String> good = asJson().subList(0, 3);
    List<String> bad =
        List.of(
            "{\"user_id\":\"u1\"",
            "[1]",
            "{\"user_id\":\"\"}",
            good.get(0)
                .replaceFirst("\"api_calls_monthly\":\"[^\"]*\"", "\"api_calls_monthly\":\"many\""),
            good.get(1)
                .replaceFirst("\"api_calls_monthly\":\"[^\"]*\"", "\"api_calls_monthly\":NaN"),
            good.get(2).replaceFirst("\"api_calls_monthly\"", "\"api_calls\""),
            "x".repeat(500));
    List<String> all = new ArrayList<>(bad);
    all.addAll(good);
    for (String line : all) {
      broker.send(
          "bad-in", Integer.toString(all.indexOf(line)).getBytes(UTF_8), line.getBytes(UTF_8));
    }
    broker.send("bad-in", null, null);
    try (StreamProcess process = score("bad")) {
      List<ConsumerRecord<byte[], byte[]>> dead =
          broker.awaitRecords("bad-dead", records -> records.size() > bad.size());
      List<ConsumerRecord<byte[], byte[]>> scored =
          broker.awaitRecords("bad-out", records -> records.size() >= good.size());
      process.stop();
      Path lines = Files.write(folder.resolve("bad.jsonl"), all);
      List<Map<String, String>> expected = new ArrayList<>();
      for (Map<String, String> row : table(scoreFiles("bad-files", lines).files("rejected"))) {
        Map<String, String> without = new TreeMap<>(row);
        without.keySet().removeAll(Set.of("source", "position"));
        expected.add(without);
      }
      assertEquals(bad.size(), expected.size());
      expected.add(Map.of("reason", "not_json", "field", "", "value", "", "record", ""));
      List<String> events = dead.stream().map(KafkaBroker::value).toList();
      assertEquals(distinct(expected), distinct(rows(events)));
      for (ConsumerRecord<byte[], byte[]> record : dead) {
        String text = read(KafkaBroker.value(record)).path("record").asText();
        int index =
            IntStream.range(0, bad.size())
                .filter(i -> bad.get(i).startsWith(text.replace("…", "")))
                .findFirst()
                .orElse(-1);
        assertArrayEquals(
            text.isEmpty() ? null : Integer.toString(index).getBytes(UTF_8), record.key(), text);
      }
      assertEquals(
          Set.of("7", "8", "9"),
          Set.copyOf(scored.stream().map(record -> new String(record.key(), UTF_8)).toList()));
    }
  }

  /** SIGTERM, then SIGKILL, each in the middle of the work, and the start after it. */
  @Test
  void aRestartGoesOnWhereItStopped() throws Exception {
    topics("restart");
    List<String> messages = asJson();
    broker.send("restart-in", messages.subList(0, 140));
    try (StreamProcess process = score("restart")) {
      broker.await("restart-out", answers(40));
      process.stop();
      assertTrue(process.log().contains("A restart continues"), process.log());
    }
    assertNothingUnwrittenIsCommitted();
    try (StreamProcess process = score("restart")) {
      broker.await("restart-out", answers(90));
      broker.awaitCommit("restart");
      process.kill();
    }
    assertNothingUnwrittenIsCommitted();
    long committed = broker.committed("restart").values().stream().mapToLong(Long::longValue).sum();
    assertTrue(committed > 0, "committed: " + committed);
    int before = broker.all("restart-out").size();
    broker.send("restart-in", messages.subList(140, USERS));
    try (StreamProcess process = score("restart")) {
      List<String> events = broker.await("restart-out", answers(USERS));
      process.stop();
      assertEquals(distinct(table(batch.files("assignments"))), distinct(rows(events)));
    }
    // The last start has read nothing that was committed before it.
    List<String> after = broker.all("restart-out");
    assertTrue(
        after.size() - before <= USERS - committed,
        after.size() + " events, " + before + " before the last start, committed " + committed);
  }

  private static void assertNothingUnwrittenIsCommitted() throws Exception {
    Map<String, Long> committed = broker.committed("restart");
    Set<String> written = places(broker.all("restart-out"));
    committed.forEach(
        (partition, offset) -> {
          String source = partition.replaceFirst("-(\\d+)$", "/$1");
          for (long position = 0; position < offset; position++) {
            assertTrue(written.contains(source + " " + position), source + " " + position);
          }
        });
  }

  @Test
  void theDriftOfAWindowIsLogged() throws Exception {
    topics("drift");
    List<String> columns = List.of(Files.readAllLines(users).get(0).split(",", -1));
    try (StreamProcess process =
        score("drift", "--driftWindow=1", "--columns=" + String.join(",", columns))) {
      // Every user makes many times as many images as in the training.
      broker.send(
          "drift-in",
          Files.readAllLines(users).stream()
              .skip(1)
              .map(line -> line.replaceFirst(",", ",900"))
              .toList());
      process.awaitLog("the values of images_generated_monthly moved (PSI ");
      assertTrue(process.log().contains(": review; "), process.log());
      assertTrue(process.log().contains("users by model "), process.log());
      process.stop();
    }
  }

  @Test
  void aNewerModelIsTakenAndABrokenOneIsNot() throws Exception {
    topics("model");
    train("newer", SPEC, "--k=5");
    train("other");
    Path live = Files.copy(Path.of(model()), folder.resolve("live.json"));
    String text = Files.readString(live);
    try (StreamProcess process = score("model", "--model=" + live, "--modelRefresh=1")) {
      String first = digestOfNext("model", 0);
      Files.writeString(live, text.substring(0, text.length() / 2));
      process.awaitLog("the stream continues with the current model: " + live + ": is not a model");
      assertEquals(first, digestOfNext("model", 1));
      Files.delete(live);
      process.awaitLog("live.json");
      assertEquals(first, digestOfNext("model", 2));
      replace(live, "other");
      process.awaitLog("the model belongs to segmentation 'image-platform-users'");
      assertEquals(first, digestOfNext("model", 3));
      replace(live, "newer");
      int sent = 4;
      String digest = first;
      while (digest.equals(first) && sent < 100) {
        digest = digestOfNext("model", sent++);
      }
      assertTrue(!digest.equals(first), "still scored with " + first);
      process.stop();
    }
  }

  private static void replace(Path live, String run) throws IOException {
    Path copy = Files.copy(folder.resolve(run + "/model.json"), folder.resolve("copy.json"));
    Files.move(copy, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Sends a message and says which model answered it. */
  private static String digestOfNext(String name, int sentBefore) throws Exception {
    broker.send(name + "-in", asJson().subList(sentBefore, sentBefore + 1));
    List<String> events = broker.await(name + "-out", answers(sentBefore + 1));
    return read(events.get(events.size() - 1)).path("model").asText();
  }

  @Test
  void mistakesAreRefusedBeforeAJobStarts() throws Exception {
    topics("no");
    String in = "--input=" + broker.address("no-in");
    String out = " --output=" + broker.address("no-out");
    String dead = " --deadLetters=" + broker.address("no-dead");
    String all = in + out + dead;
    String needs = "missing; a stream needs --model, --input, --output and --deadLetters\n";
    for (List<String> each :
        List.of(
            List.of(in, "--output: " + needs),
            List.of(in + out, "--deadLetters: " + needs),
            List.of(
                in + out + " --deadLetters=dead",
                "--deadLetters: dead: is not the address of a stream"),
            List.of(
                "--input=kafka://host/topic" + out + dead, "--input: kafka://host/topic: is not"),
            List.of(
                "--input=kafka://h:1/a/b" + out + dead,
                "--input: kafka://h:1/a/b: is not the address of a stream"),
            List.of(in + in.replace("--input", " --output") + dead, "--output: "),
            List.of(in + out + out.replace("output", "deadLetters"), "--deadLetters: "),
            List.of(all + " --modelRefresh=0", "--modelRefresh: 0 is not in 1..86400\n"),
            List.of(all + " --maxRejectedShare=0.1", "--maxRejectedShare: a stream does not end"),
            List.of(all + " --slots=2", "--slots: a stream has no slots"),
            List.of(
                all + " --resume",
                "--resume: a stream always continues from its committed offsets"),
            List.of(all + " --seed=2", "--seed: a score does not draw random numbers"),
            List.of(all + " --columns=user_id,x", "--columns: missing column 'images_generated"),
            List.of(all + " --passThrough=source", "--passThrough: source: every scored message"),
            List.of(all + " --kafkaProperties=none", "--kafkaProperties: none: no such file\n"),
            List.of(all + " --dryRun", "--dryRun: needs --runner=DataflowRunner\n"),
            List.of(
                all.replace("no-in", "none"),
                "--input: "
                    + broker.address("none")
                    + ": this topic does not exist; create it, or name another topic\n"),
            List.of(
                all.replace("no-dead", "none"),
                "--deadLetters: " + broker.address("none") + ": this topic does not exist"),
            List.of(
                "--input=pubsub://projects/p/subscriptions/s" + out + dead,
                "pubsub://projects/p/subscriptions/s: Pub/Sub needs the Dataflow runner\n"),
            List.of(
                "--input=pubsub://projects/p/topics/t" + out + dead,
                "--input: pubsub://projects/p/topics/t: is a topic; messages of Pub/Sub are read from a subscription\n"),
            List.of("--input=" + users + " --columns=a", "--columns: applies only to streams"),
            List.of("--input=" + users + dead, "--deadLetters: applies only to streams"),
            List.of("--input=" + users + out, "--output: "))) {
      List<String> args = new ArrayList<>(List.of("score", "--quiet", "--model=" + model()));
      args.addAll(List.of(each.get(0).split(" ", -1)));
      Run run = Run.command(folder, args.toArray(String[]::new));
      assertEquals(ExitCode.USAGE, run.exitCode(), each.get(0) + ": " + run.errors());
      assertTrue(run.errors().startsWith(each.get(1)), each.get(0) + ": " + run.errors());
    }
    Run trained = Run.segment(folder.resolve("none"), in);
    assertEquals(ExitCode.USAGE, trained.exitCode());
    assertTrue(trained.errors().endsWith("only score reads a stream\n"), trained.errors());
  }

  /** Its client asks the brokers for the partitions; no message flows. */
  @Test
  void isTranslatedForDataflow() throws Exception {
    topics("cloud");
    Path job = folder.resolve("job.json");
    Run.command(
            folder,
            "score",
            "--quiet",
            "--model=" + model(),
            "--input=" + broker.address("cloud-in"),
            "--output=" + broker.address("cloud-out"),
            "--deadLetters=" + broker.address("cloud-dead"),
            "--runner=DataflowRunner",
            "--dryRun",
            "--project=fake-project",
            "--region=us-central1",
            "--tempLocation=gs://fake-bucket/tmp",
            "--jobFile=" + job)
        .succeeded();
    String text = Files.readString(job);
    assertTrue(text.contains("JOB_TYPE_STREAMING") && text.contains("Score messages"));
    assertTrue(text.contains("Read messages/Topic/") && text.contains("Write dead letters/Topic/"));
  }

  @Test
  void aFlagOfTrainingIsUnknown() throws Exception {
    topics("flag");
    try (StreamProcess process = score("flag", "--previousAssignments=x")) {
      assertEquals(ExitCode.USAGE, process.awaitEnd());
      assertTrue(process.log().startsWith("--previousAssignments: unknown flag"), process.log());
    }
  }

  @Test
  void noBrokerIsAFailure() {
    String nobody = "=kafka://127.0.0.1:1/";
    Run run =
        Run.command(
            folder,
            "score",
            "--model=" + model(),
            "--input" + nobody + "a",
            "--output" + nobody + "b",
            "--deadLetters" + nobody + "c");
    assertEquals(ExitCode.FAILED, run.exitCode());
    assertTrue(run.errors().contains("kafka://127.0.0.1:1/a: no broker answers"), run.errors());
  }
}
