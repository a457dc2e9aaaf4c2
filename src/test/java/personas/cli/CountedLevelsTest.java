package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.feature.CategoryLevel;
import personas.math.SplitMix64;
import personas.model.Model;
import personas.model.TrainingContext.FeatureContext;
import personas.report.Chromium;
import personas.report.ReportFiles;

/**
 * Categories without levels, which the run counts. The oracle is a recount of the table, and the
 * law is that a spec with the counted levels gives the same bytes.
 */
class CountedLevelsTest {
  private static final int USERS = 700;
  private static final String HEADER = "customer,spend,plan,active,region,users";

  @TempDir static Path folder;
  private static final List<List<String>> rows = new ArrayList<>();
  private static Path table;
  private static Path spec;
  private static Run run;

  @BeforeAll
  static void segment() throws IOException {
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < USERS; i++) {
      int plan = (int) Math.sqrt(random.nextInt(400));
      rows.add(
          List.of(
              "u" + i,
              i % 50 == 3 ? "none" : String.valueOf(20 + plan * 3 + random.nextInt(10)),
              plan == 2
                  ? "=2"
                  : plan == 3 ? "\"a, \"\"b\"\"\"" : " p" + plan + (i % 2 > 0 ? " " : ""),
              random.nextInt(3) == 0 ? "true" : "false",
              List.of("west", "east", "", "NA", "other", "missing").get(random.nextInt(6)),
              String.valueOf(random.nextInt(5))));
    }
    table = write("table.csv", rows);
    spec = spec("spec", "id: customer", "", "type: category", "type: category, maxLevels: 2");
    run = segment("run", spec, table, "--jobGraph=" + folder.resolve("graph.dot"));
  }

  private static Path write(String name, List<List<String>> records) throws IOException {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    records.forEach(row -> csv.append(String.join(",", row)).append('\n'));
    return Files.writeString(folder.resolve(name), csv.toString());
  }

  private static Path spec(String name, String input, String more, String plan, String region)
      throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: customers
        input: {%s, maxRejectedShare: 0.9}
        features:
          - {name: spend, transform: none}
          - {name: plan, %s}
          - {name: active, type: category}
          - {name: region, missing: level, %s}
        clustering: {k: 3}
        %s"""
            .formatted(input, plan, region, more));
  }

  private static Run run(String output, Path spec, Path input, String... more) {
    List<String> flags = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    flags.addAll(List.of(more));
    return Run.segment(folder.resolve(output), flags.toArray(String[]::new));
  }

  private static Run segment(String output, Path spec, Path input, String... more) {
    return run(output, spec, input, more).succeeded();
  }

  /** The value that a field of CSV holds. */
  private static String value(String field) {
    return field.startsWith("\"")
        ? field.substring(1, field.length() - 1).replace("\"\"", "\"")
        : field.strip();
  }

  /** The most frequent values of a column, by a recount. */
  private static List<String> recount(
      int column, int most, Predicate<List<String>> counts, ToLongFunction<List<String>> users) {
    Map<String, Long> found = new TreeMap<>();
    for (List<String> row : rows) {
      String value = value(row.get(column));
      if (counts.test(row) && users.applyAsLong(row) > 0 && !List.of("", "NA").contains(value)) {
        found.merge(value, users.applyAsLong(row), Long::sum);
      }
    }
    Comparator<Map.Entry<String, Long>> byUsers = Comparator.comparing(each -> -each.getValue());
    return found.entrySet().stream().sorted(byUsers).limit(most).map(Map.Entry::getKey).toList();
  }

  private static boolean isAccepted(List<String> row) {
    return !row.get(1).equals("none");
  }

  private static List<String> levels(Model model, String column) {
    return model.training().features().stream()
        .map(FeatureContext::level)
        .filter(level -> level != null && level.column().equals(column))
        .map(CategoryLevel::levels)
        .findFirst()
        .orElseThrow();
  }

  private static void assertSameBytes(Run expected, Run actual) throws IOException {
    assertEquals(expected.modelText(), actual.modelText());
    assertEquals(expected.rows("assignments"), actual.rows("assignments"));
    assertEquals(expected.rows("rejected"), actual.rows("rejected"));
    assertEquals(specText(expected), specText(actual));
  }

  private static String specText(Run of) throws IOException {
    return Files.readString(of.output().resolve("model-spec.yaml"));
  }

  /** Rejected records do not count, and the rest is pooled. */
  @Test
  void theLevelsMatchARecount() throws IOException {
    Model model = run.model();
    List<String> plans = recount(2, 12, CountedLevelsTest::isAccepted, row -> 1);
    assertEquals(12, plans.size());
    assertEquals(plans, levels(model, "plan"));
    assertEquals(List.of("false", "true"), levels(model, "active"));
    assertEquals(recount(4, 2, CountedLevelsTest::isAccepted, row -> 1), levels(model, "region"));
    long pooled =
        rows.stream()
            .filter(CountedLevelsTest::isAccepted)
            .filter(row -> !plans.contains(value(row.get(2))))
            .count();
    Model.FeatureModel other =
        model.features().stream()
            .filter(f -> f.name().equals("plan=other"))
            .findAny()
            .orElseThrow();
    assertEquals((double) pooled / model.ledger().assigned(), other.mean(), 1e-12);
    assertTrue(pooled > 0);
  }

  /** The law: the spec that the run writes, and one that a person writes, give the same bytes. */
  @Test
  void writtenLevelsGiveTheSameBytes() throws IOException {
    Run again = segment("again", run.output().resolve("model-spec.yaml"), table);
    assertSameBytes(run, again);
    for (ReportFiles file : ReportFiles.values()) {
      assertEquals(
          -1,
          Files.mismatch(
              run.output().resolve(file.fileName()), again.output().resolve(file.fileName())),
          file.fileName());
    }
    Path written =
        spec(
            "written",
            "id: customer",
            "",
            "type: category, levels: ["
                + String.join(
                    ", ",
                    recount(2, 12, CountedLevelsTest::isAccepted, row -> 1).stream()
                        .map(level -> "'" + level + "'")
                        .toList())
                + "]",
            "type: category, maxLevels: 2");
    Run byHand = segment("by-hand", written, table);
    assertEquals(run.modelTextOfAnySpec(), byHand.modelTextOfAnySpec());
    assertEquals(run.rows("assignments"), byHand.rows("assignments"));
  }

  /** Any runner, any split and any format. */
  @Test
  void theBytesAreTheSameForAnySplitAndRunner() throws Exception {
    Path parts = Files.createDirectory(folder.resolve("parts"));
    for (int part = 0; part < 5; part++) {
      int rest = part;
      List<List<String>> own = rows.stream().filter(row -> rows.indexOf(row) % 5 == rest).toList();
      Files.move(write("part.csv", own), parts.resolve((9 - part) + ".csv"));
    }
    Path parquet = folder.resolve("table.parquet");
    Path json = folder.resolve("table.jsonl");
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT * REPLACE (active = 'true' AS active, users::INT AS users)"
              + " FROM read_csv('"
              + table
              + "', header = true, all_varchar = true)");
      statement.execute("COPY t TO '" + parquet + "'");
      statement.execute("COPY t TO '" + json + "' (FORMAT json)");
    }
    for (Run other :
        List.of(
            segment("flink", spec, table, "--runner=FlinkRunner", "--parallelism=2"),
            segment("split", spec, parts.resolve("*.csv"), "--slots=3"),
            segment("parquet", spec, parquet),
            segment("json", spec, json))) {
      for (String column : List.of("plan", "active", "region")) {
        assertEquals(levels(run.model(), column), levels(other.model(), column));
      }
      assertEquals(run.rows("assignments"), other.rows("assignments"), other.output().toString());
      assertEquals(specText(run), specText(other));
    }
  }

  /** A level counts as many users as the weights say, and the weight 0 makes no level. */
  @Test
  void weightsCountUsers() throws IOException {
    Run weighted =
        segment(
            "weighted",
            spec(
                "weighted",
                "id: customer, weight: users",
                "",
                "type: category, maxLevels: 1000",
                "type: category"),
            table);
    assertEquals(
        recount(2, 1000, CountedLevelsTest::isAccepted, row -> Long.parseLong(row.get(5))),
        levels(weighted.model(), "plan"));
  }

  /** A repeated record that is rejected does not count, although only all ids together tell. */
  @Test
  void repeatedRecordsThatAreRejectedDoNotCount() throws IOException {
    List<List<String>> repeated = new ArrayList<>(rows);
    for (int i = 0; i < USERS; i++) {
      repeated.add(List.of("u" + i, "25", "again", "true", "west", "1"));
    }
    Run once =
        segment(
            "once",
            spec(
                "once",
                "id: customer, duplicates: reject-later",
                "",
                "type: category",
                "type: category, maxLevels: 2"),
            write("repeated.csv", repeated));
    // Only the 14 users whose first record is rejected have the level; without ids it would be 700.
    assertEquals(686L, once.model().ledger().rejected().get("duplicate_id"));
    assertEquals(levels(run.model(), "plan"), levels(once.model(), "plan"));
  }

  @Test
  void aLaterRunHasTheLevelsOfThePreviousOne() throws IOException {
    List<List<String>> later = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> changed = new ArrayList<>(row);
      changed.set(2, row.get(2).strip().equals("p19") ? "new" : row.get(2));
      later.add(changed);
    }
    Path input = write("later.csv", later);
    Path model = run.output().resolve("model.json");
    Run next = segment("next", spec, input, "--previousModel=" + model);
    for (String column : List.of("plan", "active", "region")) {
      assertEquals(levels(run.model(), column), levels(next.model(), column));
    }
    assertEquals(specText(run), specText(next));
    assertTrue(levels(segment("fresh", spec, input).model(), "plan").contains("new"));
    Path added = folder.resolve("added.yaml");
    Files.writeString(
        added,
        Files.readString(spec)
            .replace("clustering", "  - {name: users, type: category}\nclustering"));
    Run refused = run("refused", added, input, "--previousModel=" + model);
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(refused.errors().contains("does not have the category 'users'"), refused.errors());
  }

  /** Levels that the model does not know are others, as if the spec had listed the levels. */
  @Test
  void aScoreCountsNewLevelsAsOther() throws IOException {
    Path users =
        Files.writeString(
            folder.resolve("new.csv"),
            HEADER + "\na,40,brand new,true,west,1\nb,40,p0,true,west,1\nc,40,p19,true,west,1\n");
    assertFalse(levels(run.model(), "plan").contains("p0"));
    Path output = folder.resolve("score");
    Run score =
        Run.command(
                output,
                "score",
                "--quiet",
                "--model=" + run.output().resolve("model.json"),
                "--spec=" + spec,
                "--input=" + users,
                "--output=" + output)
            .succeeded();
    List<String> distances =
        score.rows("assignments").stream().map(row -> row.split(",", -1)[3]).toList();
    assertEquals(distances.get(0), distances.get(1), "an unseen level and a rare one");
    assertFalse(distances.get(0).equals(distances.get(2)));
  }

  @Test
  void moreLevelsThanACategoryHasAreRefused() throws IOException {
    StringBuilder csv = new StringBuilder("id,spend,comment\n");
    for (int i = 0; i <= 10_000; i++) {
      csv.append("u%d,%d,text %05d%n".formatted(i, i % 7, i));
    }
    Path many = Files.writeString(folder.resolve("many.csv"), csv.toString());
    Path comments =
        Files.writeString(
            folder.resolve("many.yaml"),
            """
            name: many
            input: {id: id}
            features:
              - name: spend
              - {name: comment, type: category}
            """);
    Run refused = run("many", comments, many);
    assertEquals(ExitCode.DATA_REFUSED, refused.exitCode());
    assertTrue(
        refused
            .errors()
            .contains(
                "column `comment` has type: category, but its 10,001 users have more than 10,000"
                    + " different values, for example \"text 00000\", \"text 00001\""),
        refused.errors());
    assertEquals(List.of(), refused.names());
  }

  @Test
  void aColumnWithoutAnyLevelIsRefused() throws IOException {
    Path empty = write("empty.csv", List.of(List.of("a", "1", "p", "true", "", "1")));
    Run refused = run("empty", spec, empty);
    assertEquals(ExitCode.DATA_REFUSED, refused.exitCode());
    assertTrue(
        refused.errors().contains("column `region` has type: category, but no user has a value"),
        refused.errors());
  }

  /** A persona may name a level that is counted; one that does not exist is found then. */
  @Test
  void personasNameCountedLevels() throws IOException {
    String persona = "personas: [{name: Top, profile: {\"plan=%s\": high}}]\n";
    Path good =
        spec("good", "id: customer", persona.formatted("p19"), "type: category", "type: category");
    assertTrue(
        segment("good", good, table).model().clusters().stream()
            .anyMatch(cluster -> cluster.persona().equals("Top")));
    Path bad =
        spec("bad", "id: customer", persona.formatted("p99"), "type: category", "type: category");
    Run refused = run("bad", bad, table);
    assertEquals(ExitCode.USAGE, refused.exitCode());
    assertTrue(
        refused.errors().contains("plan=p99: is not a feature; did you mean"), refused.errors());
  }

  /** Users of events have categories too: of the last event, for example. */
  @Test
  void categoriesOfAggregatedEventsAreCounted() throws IOException {
    StringBuilder csv = new StringBuilder("customer,at,amount,shop\n");
    for (int i = 0; i < 900; i++) {
      csv.append(
          "u%d,2026-01-%02d,%d,%s%n"
              .formatted(
                  i % 150,
                  1 + i / 150,
                  i % 11,
                  List.of("north", "south", "web").get(i * i % 7 % 3)));
    }
    Path events = Files.writeString(folder.resolve("events.csv"), csv.toString());
    Path shops =
        Files.writeString(
            folder.resolve("events.yaml"),
            """
            name: shops
            input:
              id: customer
              aggregate:
                time: at
                measures: {spend: sum(amount), shop: last(shop)}
            features:
              - {name: spend, transform: none}
              - {name: shop, type: category}
            """);
    Run aggregated = segment("events", shops, events);
    assertEquals(3, levels(aggregated.model(), "shop").size());
    Run again = segment("events-again", aggregated.output().resolve("model-spec.yaml"), events);
    assertSameBytes(aggregated, again);
  }

  @Test
  void aGraphThatMustBeKnownAtOnceIsRefused() throws IOException {
    String graph = Files.readString(folder.resolve("graph.dot"));
    assertTrue(graph.contains("Seed centroids"), "the graph of the run and not of the count");
    List<String> flags = new ArrayList<>(List.of("segment", "--spec=" + spec));
    flags.addAll(DataflowTest.templateFlags(folder, folder.resolve("template.json")));
    flags.add("--input=" + table);
    flags.add("--output=" + folder.resolve("template"));
    Run template = Run.command(folder.resolve("template"), flags.toArray(String[]::new));
    assertEquals(ExitCode.USAGE, template.exitCode());
    assertTrue(
        template
            .errors()
            .contains(
                "'plan', 'active', 'region': type: category without levels, which need a job"),
        template.errors());
    Run verified =
        Run.command(
            folder.resolve("verify"),
            "verify",
            "--model=" + run.output().resolve("model.json"),
            "--input=" + table,
            "--spec=" + spec);
    assertEquals(ExitCode.USAGE, verified.exitCode());
    assertTrue(verified.errors().contains("Remove --spec"), verified.errors());
    Run.command(
            folder.resolve("verify"),
            "verify",
            "--model=" + run.output().resolve("model.json"),
            "--input=" + table)
        .succeeded();
  }

  /** The report gives the few users of a rare level a value beside 1, and the page shows them. */
  @Test
  void thePageOfRareLevelsIsDrawn() throws Exception {
    Optional<Path> chromium = Chromium.installed();
    assumeTrue(chromium.isPresent(), "no Chromium is installed");
    StringBuilder csv = new StringBuilder("id,a,b\n");
    for (int i = 0; i < 60; i++) {
      csv.append("u%d,%s,%s%n".formatted(i, i % 3 == 0 ? "x" : "y", i < 20 ? i % 5 : i));
    }
    Path rare = Files.writeString(folder.resolve("rare.csv"), csv.toString());
    Path categories =
        Files.writeString(
            folder.resolve("rare.yaml"),
            """
            name: rare
            input: {id: id}
            features:
              - {name: a, type: category}
              - {name: b, type: category, maxLevels: 4}
            """);
    Run drawn = segment("rare", categories, rare);
    try (Chromium browser = Chromium.start(chromium.get())) {
      browser.open(drawn.output().resolve("report.html").toAbsolutePath());
      browser.evaluate(
          "(p => { p.value = '4'; p.dispatchEvent(new Event('change')); })"
              + "(document.querySelector('#pick-y'))");
      assertEquals(List.of(), browser.complaints());
      String texts = "document.querySelector('#scatter svg').textContent";
      assertTrue(browser.evaluate(texts).asText().contains("yes"));
    }
  }
}
