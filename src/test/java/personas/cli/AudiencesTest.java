package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import personas.cli.exit.ExitCode;

/** Checks the lists of users for campaigns and CRM systems. */
class AudiencesTest {
  private static final String SPEC =
      """
      name: shop
      input: {id: user_id, passThrough: [email, city]}
      output: {audiences: files%s}
      features: [{name: orders}, {name: visits}]
      describe: [plan]
      personas:
        - {name: "Größte Käufer & Co.", profile: {orders: high}}
      """;

  @TempDir private Path folder;

  /** Users of three groups; those whose number ends in 7 are in the next group in each week. */
  private Path users(String name, int week, int from, int to) throws IOException {
    List<String> lines = new ArrayList<>(List.of("user_id,orders,visits,email,city,plan"));
    for (int i = from; i < to; i++) {
      int group = (i + (i % 10 == 7 ? week : 0)) % 3;
      lines.add(
          String.join(
              ",",
              "u" + i,
              "" + (List.of(1, 2, 40).get(group) + i % 2),
              "" + (List.of(3, 60, 20).get(group) + i % 3),
              "\"u" + i + ", home@example.com\"",
              "=Rome",
              i % 2 == 0 ? "pro" : "basic"));
    }
    return Files.write(folder.resolve(name + ".csv"), lines);
  }

  private Path spec(String more) throws IOException {
    return Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(more));
  }

  private Run run(String name, Path input, String... more) throws IOException {
    List<String> flags = new ArrayList<>(List.of("--input=" + input, "--rangeMegabytes=1"));
    flags.addAll(List.of(more));
    if (flags.stream().noneMatch(flag -> flag.startsWith("--spec="))) {
      flags.add("--spec=" + spec(""));
    }
    if (flags.stream().noneMatch(flag -> flag.startsWith("--k="))) {
      flags.add("--k=3");
    }
    return Run.segment(folder.resolve(name), flags.toArray(String[]::new)).succeeded();
  }

  /** The rows of each list, sorted, by the name of the list. */
  private static Map<String, List<String>> lists(Run run) throws IOException {
    Map<String, List<String>> lists = new TreeMap<>();
    try (Stream<Path> files = Files.list(run.output())) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("audience-.*-\\d{5}\\.csv")) {
          List<String> lines = Files.readAllLines(file);
          assertEquals("user_id,email,city", lines.get(0), name);
          lists
              .computeIfAbsent(name.replaceFirst("-\\d{5}\\.csv", ""), list -> new ArrayList<>())
              .addAll(lines.subList(1, lines.size()));
        }
      }
    }
    lists.values().forEach(rows -> rows.sort(null));
    return lists;
  }

  private static String id(String row) {
    return row.substring(0, row.indexOf(','));
  }

  /** The persona of each user. */
  private static Map<String, String> personas(Run run) throws IOException {
    Map<String, String> personas = new TreeMap<>();
    for (String row : run.rows("assignments")) {
      personas.put(id(row), row.split(",", 4)[1]);
    }
    return personas;
  }

  @Test
  void theListsTogetherHoldTheRowsOfTheAssignments() throws IOException {
    Run run = run("out", users("users", 0, 0, 300));
    Map<String, List<String>> lists = lists(run);
    assertEquals(3, lists.size(), "" + lists.keySet());
    assertTrue(lists.containsKey("audience-grosste-kaufer-co"), "" + lists.keySet());
    List<String> all = lists.values().stream().flatMap(List::stream).sorted().toList();
    List<String> rows = run.rows("assignments");
    assertEquals(rows.stream().map(AudiencesTest::id).sorted().toList(), ids(all));
    assertTrue(
        all.stream().allMatch(row -> row.endsWith(",\"'=Rome\"")),
        "a formula is text: " + all.get(0));
    lists.values().forEach(list -> assertEquals(100, list.size()));
  }

  private static List<String> ids(List<String> rows) {
    return rows.stream().map(AudiencesTest::id).sorted().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--slots=1", "--slots=5 --runner=FlinkRunner --parallelism=2"})
  void whoEnteredAndWhoLeftIsWhatTheTwoRunsSay(String flags) throws IOException {
    Run before = run("before", users("before", 0, 0, 300));
    List<String> more = new ArrayList<>(List.of(flags.split(" ", -1)));
    more.add("--previousModel=" + before.output().resolve("model.json"));
    more.add("--previousAssignments=" + before.output() + "/assignments-*.csv");
    Run now = run("now", users("now", 1, 30, 360), more.toArray(String[]::new));
    Map<String, String> then = personas(before);
    Map<String, String> today = personas(now);
    int entered = 0;
    int left = 0;
    Map<String, List<String>> lists = lists(now);
    assertEquals(9, lists.size(), "" + lists.keySet());
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      String name = list.getKey();
      String persona = name.replaceFirst("audience-(entered-|left-)?", "");
      List<String> members = ids(lists.get("audience-" + persona));
      for (String user : ids(list.getValue())) {
        boolean isNew = !then.getOrDefault(user, "").equals(today.get(user));
        if (name.startsWith("audience-entered-")) {
          assertTrue(isNew && members.contains(user), name + ": " + user);
          entered++;
        } else if (name.startsWith("audience-left-")) {
          assertTrue(isNew && then.containsKey(user) && !members.contains(user), name + user);
          left++;
        }
      }
    }
    assertEquals(
        today.keySet().stream().filter(u -> !today.get(u).equals(then.get(u))).count(), entered);
    assertEquals(
        today.keySet().stream()
            .filter(u -> then.containsKey(u) && !today.get(u).equals(then.get(u)))
            .count(),
        left - 30);
    assertEquals(27 + 30, left, "users who end in 7 and are in both, and 30 who are gone");
    assertTrue(lists.values().stream().anyMatch(list -> list.contains("u29,,")), "u29 is gone");
  }

  @Test
  void theListsOfARunReplaceTheListsOfThePreviousRun() throws IOException {
    Path input = users("users", 0, 0, 300);
    Run first = run("out", input);
    Path own = Files.writeString(first.output().resolve("audience-notes.csv"), "mine\n");
    Run second = run("out", input, "--k=2", "--overwrite");
    assertEquals(2, lists(second).size());
    assertEquals("mine\n", Files.readString(own), "a file of the user stays");
  }

  @Test
  void aScoreWritesTheListsOfItsSpec() throws IOException {
    Path input = users("users", 0, 0, 300);
    Run run = run("out", input);
    Path output = folder.resolve("scored");
    Run scored =
        Run.command(
                output,
                "score",
                "--quiet",
                "--spec=" + spec(""),
                "--model=" + run.output().resolve("model.json"),
                "--input=" + input,
                "--output=" + output)
            .succeeded();
    assertEquals(lists(run), lists(scored));
  }

  @Test
  void listsNeedAnId() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("none.yaml"),
            "name: s\ninput: {id: none}\noutput: {audiences: files}\nfeatures: [{name: orders}]\n");
    Run refused =
        Run.segment(folder.resolve("out"), "--spec=" + spec, "--input=" + users("users", 0, 0, 30));
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
    assertTrue(
        refused.errors().contains("output.audiences: needs input.id, which identifies the users"),
        refused.errors());
  }

  /** All members at first; then only who left and who entered, so that the last word holds. */
  @Test
  void aTopicGetsTheMembersAndThenTheChanges() throws Exception {
    try (KafkaBroker broker = new KafkaBroker(folder)) {
      broker.create(1, "lists");
      Files.writeString(folder.resolve("client.properties"), "compression.type=gzip\n");
      Path spec =
          Files.writeString(
              folder.resolve("topic.yaml"),
              SPEC.formatted("")
                  .replace(
                      "audiences: files",
                      "audiences: kafka, kafka: {topic: '"
                          + broker.address("lists")
                          + "', propertiesFile: '"
                          + folder.resolve("client.properties")
                          + "'}"));
      Run before = run("before", users("before", 0, 0, 300), "--spec=" + spec);
      List<JsonNode> members = messages(broker, 300);
      assertEquals(
          personas(before).keySet(),
          members.stream()
              .map(message -> message.get("user_id").asText())
              .collect(Collectors.toCollection(TreeSet::new)));
      assertEquals("=Rome", members.get(0).get("city").asText(), "a topic needs no apostrophe");
      assertTrue(members.stream().allMatch(m -> m.get("change").asText().equals("member")));
      Run now =
          run(
              "now",
              users("now", 1, 30, 360),
              "--spec=" + spec,
              "--previousModel=" + before.output().resolve("model.json"),
              "--previousAssignments=" + before.output() + "/assignments-*.csv");
      Map<String, String> then = personas(before);
      Map<String, String> today = personas(now);
      long moved = today.keySet().stream().filter(u -> moved(u, then, today)).count();
      assertEquals(27, moved);
      // Each who moved left one list and entered another; 60 are new, and 30 are gone.
      List<JsonNode> changes = messages(broker, 300 + 2 * 27 + 60 + 30).subList(300, 444);
      Map<String, String> last = new TreeMap<>();
      Map<String, String> first = new TreeMap<>();
      for (JsonNode message : changes) {
        String user = message.get("user_id").asText();
        last.put(user, message.get("change").asText());
        first.putIfAbsent(user, message.get("change").asText());
      }
      assertEquals(87 + 30, last.size());
      last.forEach(
          (user, change) ->
              assertEquals(today.containsKey(user) ? "entered" : "left", change, user));
      first.forEach(
          (user, change) -> assertEquals(then.containsKey(user) ? "left" : "entered", change));
    }
  }

  private static boolean moved(String user, Map<String, String> then, Map<String, String> today) {
    return then.containsKey(user) && !then.get(user).equals(today.get(user));
  }

  private static List<JsonNode> messages(KafkaBroker broker, int count) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    for (String text : broker.await("lists", all -> all.size() >= count)) {
      messages.add(new ObjectMapper().readTree(text));
    }
    assertEquals(count, messages.size());
    return messages;
  }

  @Test
  void aTargetOfTheListsHasToBeNamed() throws IOException {
    Path users = users("users", 0, 0, 30);
    Path unnamed =
        Files.writeString(
            folder.resolve("unnamed.yaml"), SPEC.formatted("").replace("files", "jdbc"));
    Run refused = Run.segment(folder.resolve("out"), "--spec=" + unnamed, "--input=" + users);
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
    assertTrue(refused.errors().contains("output.audiences: needs output.jdbc"), refused.errors());
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"), SPEC.formatted(", kafka: {topic: 'kafka://lists'}"));
    Run both = Run.segment(folder.resolve("out"), "--spec=" + wrong, "--input=" + users);
    assertEquals(ExitCode.USAGE, both.exitCode(), both.errors());
    assertTrue(
        both.errors().contains("output.kafka: needs output.audiences: kafka"), both.errors());
    assertTrue(
        both.errors().contains("'kafka://lists' is not like kafka://host:9092/topic"),
        both.errors());
  }
}
