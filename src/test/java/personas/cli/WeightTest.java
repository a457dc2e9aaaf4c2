package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;
import personas.kmeans.metric.ClusterMetrics;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.score.ScoreResult.ScoredPersona;
import personas.table.TableFormat;

/**
 * Records that stand for several users each, by {@code input.weight}: against the table that
 * repeats them under other ids, and against scikit-learn, whose figures {@code
 * src/test/resources/weights/make.py} writes.
 */
class WeightTest {
  private static final Path ORACLE = Path.of("src/test/resources/weights");
  private static final Path CUSTOMERS = ORACLE.resolve("customers.csv");

  /** A spec of the customers, whose input is to be named. */
  static final String SPEC =
      """
      name: customers
      input:
        id: customer
        weight: users
      features:
        - {name: spend, transform: none}
        - {name: plan, type: category, levels: [basic, pro]}
        - {name: visits, transform: none}
      clustering: {k: 3}
      """;

  /** A coordinate of a user is rounded to a multiple of 2^-24. */
  private static final double GRID = 1e-7;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Path repeated;
  private static Run run;

  /** The run of the table that repeats the users. */
  private static Run plain;

  @BeforeAll
  static void segment() throws IOException {
    repeated = write("repeated.csv", users(customers()));
    run = segment("weighted", spec("weighted", "weight: users", "none"), CUSTOMERS);
    plain = segment("plain", spec("plain", "duplicates: warn", "none"), repeated);
  }

  /** One row for each user that records stand for. */
  private static List<String> users(List<List<String>> records) {
    List<String> rows = new ArrayList<>();
    for (List<String> row : records) {
      for (int copy = 0; copy < Integer.parseInt(row.get(5)); copy++) {
        List<String> user = new ArrayList<>(row);
        user.set(0, row.get(0) + "-" + copy);
        rows.add(String.join(",", user));
      }
    }
    return rows;
  }

  private static List<List<String>> customers() throws IOException {
    return Files.readAllLines(CUSTOMERS).stream()
        .skip(1)
        .map(line -> List.of(line.split(",", -1)))
        .toList();
  }

  private static Path write(String name, List<String> rows) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        "customer,spend,plan,visits,region,users\n" + String.join("\n", rows) + "\n");
  }

  private static Path spec(String name, String weight, String spend) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        name: customers
        input: {id: customer, %s}
        describe: [region, users]
        features:
          - {name: spend, transform: %s}
          - {name: plan, type: category, levels: [basic, pro]}
          - {name: visits, transform: none}
        clustering: {k: 3, restarts: 20}
        """
            .formatted(weight, spend));
  }

  private static Run run(String output, Path spec, Path input, String... more) {
    List<String> flags = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    flags.addAll(List.of(more));
    return Run.segment(folder.resolve(output), flags.toArray(String[]::new));
  }

  private static Run segment(String output, Path spec, Path input, String... more) {
    return run(output, spec, input, more).succeeded();
  }

  private static Map<String, List<List<String>>> expected() throws IOException {
    Map<String, List<List<String>>> figures = new TreeMap<>();
    for (String line : Files.readAllLines(ORACLE.resolve("expected.csv"))) {
      List<String> cells = List.of(line.split(",", -1));
      figures
          .computeIfAbsent(cells.get(0), figure -> new ArrayList<>())
          .add(cells.subList(1, cells.size()));
    }
    return figures;
  }

  private static double number(Map<String, List<List<String>>> expected, String figure, int... at) {
    int row = at.length > 1 ? at[0] : 0;
    return Double.parseDouble(expected.get(figure).get(row).get(at[at.length - 1]));
  }

  @Test
  void weightsAreTheSampleWeightsOfScikitLearn() throws IOException {
    Model model = run.model();
    Map<String, List<List<String>>> expected = expected();
    List<ClusterModel> clusters = new ArrayList<>(model.clusters());
    clusters.sort(Comparator.comparingDouble(cluster -> cluster.centroid().get(0)));
    List<String> columns = expected.get("figure").get(0);
    List<String> names = model.features().stream().map(Model.FeatureModel::name).toList();
    for (int c = 0; c < columns.size(); c++) {
      int f = names.indexOf(columns.get(c));
      assertEquals(number(expected, "mean", c), model.features().get(f).mean(), 1e-9);
      assertEquals(number(expected, "unit", c), model.features().get(f).unit(), 1e-9);
      for (int j = 0; j < clusters.size(); j++) {
        ClusterModel cluster = clusters.get(j);
        assertEquals(number(expected, "rawMean", j, c), cluster.rawMean().get(f), 1e-9);
        assertEquals(number(expected, "center", j, c), cluster.centroid().get(f), GRID);
      }
    }
    for (int j = 0; j < clusters.size(); j++) {
      double users = number(expected, "users", j, 0);
      assertEquals(users, (double) clusters.get(j).users());
      assertEquals(users / model.ledger().users(), clusters.get(j).share(), 1e-9);
    }
    assertEquals(number(expected, "inertia", 0), model.inertia(), 1e-5);
    assertEquals(
        number(expected, "silhouette", 0), model.metrics().value(ClusterMetrics.SILHOUETTE), GRID);
    assertEquals(
        number(expected, "daviesBouldin", 0),
        model.metrics().value(ClusterMetrics.DAVIES_BOULDIN),
        GRID);
    assertEquals(
        number(expected, "calinskiHarabasz", 0),
        model.metrics().value(ClusterMetrics.CALINSKI_HARABASZ),
        1e-4);
  }

  /** What a model says but for the digests, the counts of records, and the draws of its sample. */
  private static JsonNode figures(Run run) throws IOException {
    ObjectNode model = (ObjectNode) JSON.readTree(run.modelText());
    model.remove(List.of("receipt", "ledger", "kSelection"));
    ((ObjectNode) model.get("spec")).remove("digest");
    ((ObjectNode) model.get("handover")).remove("weight");
    return model;
  }

  private static void assertSameFigures(Run expected, Run found) throws IOException {
    assertEquals(figures(expected).toPrettyString(), figures(found).toPrettyString());
    for (String table : List.of("profile.csv", "centroids.csv", "iterations.csv")) {
      assertEquals(
          Files.readString(expected.output().resolve(table)),
          Files.readString(found.output().resolve(table)));
    }
  }

  /** Limits at quantiles, a logarithm, described columns and all figures. */
  @Test
  void aRecordOfWeightTwoIsTwoUsers() throws IOException {
    assertSameFigures(plain, run);
    String limited = "log1p, winsorize: 0.9, missing: median";
    assertSameFigures(
        segment("plain-limited", spec("plain-limited", "duplicates: warn", limited), repeated),
        segment("limited", spec("limited", "weight: users", limited), CUSTOMERS));
  }

  /** A previous model gives both runs the same start, and drift compares users with users. */
  @Test
  void theSameStartGivesTheSameCentroids() throws IOException {
    String start = "--previousModel=" + folder.resolve("weighted/model.json");
    List<List<String>> records = customers().subList(0, 100);
    Path half = write("half.csv", records.stream().map(row -> String.join(",", row)).toList());
    Path halfRepeated = write("half-repeated.csv", users(records));
    Run weighted = segment("next", folder.resolve("weighted.yaml"), half, start);
    Run repeating = segment("next-plain", folder.resolve("plain.yaml"), halfRepeated, start);
    assertSameFigures(repeating, weighted);
    assertEquals(
        Files.readString(repeating.output().resolve("drift.json")),
        Files.readString(weighted.output().resolve("drift.json")));
  }

  @Test
  void allRunnersSplitsAndFormatsGiveTheSameBytes() throws IOException {
    List<String> lines = Files.readAllLines(CUSTOMERS);
    Path parts = Files.createDirectory(folder.resolve("parts"));
    StringBuilder json = new StringBuilder();
    for (int part = 0; part < 7; part++) {
      StringBuilder rows = new StringBuilder(lines.get(0) + "\n");
      for (int i = 1 + part; i < lines.size(); i += 7) {
        rows.append(lines.get(i)).append('\n');
      }
      Files.writeString(parts.resolve(part + ".csv"), rows);
    }
    for (List<String> row : customers()) {
      json.append(
          """
          {"users":%s,"customer":"%s","spend":%s,"plan":"%s","visits":"%s","region":"%s"}
          """
              .formatted(row.get(5), row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)));
    }
    Path jsonFile = Files.writeString(folder.resolve("customers.jsonl"), json);
    Set<String> texts = Set.of("customer", "plan", "region");
    Path avro = folder.resolve("customers.avro");
    Path parquet = folder.resolve("customers.parquet");
    TypedFilesTest.write(TableFormat.AVRO, lines, texts, avro);
    TypedFilesTest.write(TableFormat.PARQUET, lines, texts, parquet);
    Path spec = folder.resolve("weighted.yaml");
    List<Run> others =
        List.of(
            segment("avro", spec, avro),
            segment("parquet", spec, parquet),
            segment("flink", spec, CUSTOMERS, "--runner=FlinkRunner", "--parallelism=2"),
            segment("split", spec, parts.resolve("*.csv"), "--slots=3"),
            segment("json", spec, jsonFile));
    for (Run other : others) {
      assertEquals(run.modelTextOfAnySpec(), other.modelTextOfAnySpec());
      assertEquals(run.rows("assignments"), other.rows("assignments"));
    }
  }

  @Test
  void aRecordOfWeightZeroIsAssignedAndChangesNothing() throws IOException {
    Predicate<List<String>> counts = row -> !row.get(5).equals("0");
    List<String> rows = new ArrayList<>();
    customers().stream().filter(counts).forEach(row -> rows.add(String.join(",", row)));
    assertTrue(rows.size() < customers().size());
    List<String> outliers = new ArrayList<>(rows);
    outliers.add("far,1e12,none,-5000,mars,0");
    Path spec = folder.resolve("weighted.yaml");
    Run with = segment("with", spec, write("with.csv", outliers));
    assertSameFigures(run, with);
    assertEquals(rows.size() + 1, with.model().ledger().assigned());
    assertEquals(run.model().ledger().users(), with.model().ledger().users());
    assertEquals(
        1, with.rows("assignments").stream().filter(row -> row.startsWith("far,")).count());
  }

  @Test
  void aScoreCountsUsersToo() throws IOException {
    Run weighted = score("scored", run.output(), CUSTOMERS);
    Run scored = score("scored-plain", plain.output(), repeated);
    List<ScoredPersona> personas = scored.score().personas();
    assertEquals(personas, weighted.score().personas());
    assertEquals(
        run.model().clusters().stream().map(ClusterModel::users).toList(),
        personas.stream().map(ScoredPersona::users).toList());
    assertEquals(scored.score().drift(), weighted.score().drift());
    assertEquals(scored.score().inertia(), weighted.score().inertia());
    assertEquals(customers().size(), weighted.score().ledger().assigned());
    assertEquals(scored.score().ledger().assigned(), weighted.score().ledger().users());
  }

  private static Run score(String output, Path model, Path input) {
    return Run.command(
            folder.resolve(output),
            "score",
            "--quiet",
            "--model=" + model.resolve("model.json"),
            "--input=" + input,
            "--output=" + folder.resolve(output))
        .succeeded();
  }

  @Test
  void aWeightThatIsNoneRejectsItsRecord() throws IOException {
    List<String> rows = new ArrayList<>();
    customers().forEach(row -> rows.add(String.join(",", row)));
    for (String weight :
        List.of("-1", "1.5", "many", "", "2147483648", "NA", "1e400", "0.0000001")) {
      rows.add("bad" + rows.size() + ",20,pro,3,west," + weight);
    }
    Path spec = folder.resolve("weighted.yaml");
    Run bad = segment("bad", spec, write("bad.csv", rows));
    assertSameFigures(run, bad);
    assertEquals(
        Map.of(
            "missing_value", 2L,
            "not_a_number", 1L,
            "not_finite", 1L,
            "out_of_range", 2L,
            "not_whole", 2L),
        bad.model().ledger().rejected());
    Run all = run("all-bad", spec, write("all-bad.csv", List.of("a,1,pro,3,west,0.5")));
    assertEquals(ExitCode.DATA_REFUSED, all.exitCode());
    assertTrue(
        all.errors()
            .contains(
                "Column `users` is the weight and holds a number that is not whole in 1 record, for"
                    + " example \"0.5\""),
        all.errors());
    assertTrue(all.errors().contains("a whole number from 0 to 2,147,483,647"), all.errors());
  }

  @Test
  void weightsThatMakeNoUserOrTooManyAreRefused() throws IOException {
    Path spec = folder.resolve("weighted.yaml");
    Run none = run("none", spec, write("none.csv", List.of("a,1,pro,3,west,0")));
    assertEquals(ExitCode.DATA_REFUSED, none.exitCode());
    assertTrue(none.errors().contains("all records have the weight 0"), none.errors());
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rows.add("c" + i + "," + i + ",pro,3,west,2147483647");
    }
    Run many = run("many", spec, write("many.csv", rows));
    assertEquals(ExitCode.DATA_REFUSED, many.exitCode());
    assertTrue(
        many.errors()
            .contains("add up to 10,737,418,235 users; at most 10,000,000,000 are allowed"),
        many.errors());
    Run most = segment("most", spec, write("most.csv", rows.subList(0, 4)));
    assertEquals(4L * Integer.MAX_VALUE, most.model().ledger().users());
  }

  /** Assignments have no weights, so those who left a persona cannot be counted. */
  @Test
  void lookingUpUsersIsRefused() {
    Run previous =
        run(
            "previous",
            folder.resolve("weighted.yaml"),
            CUSTOMERS,
            "--previous=" + folder.resolve("weighted"));
    assertEquals(ExitCode.USAGE, previous.exitCode());
    assertTrue(previous.errors().contains("--previousModel instead of --previous"));
    Run compared =
        Run.command(
            folder, "compare", "--from=" + plain.output(), "--to=" + run.output(), "--quiet");
    assertEquals(ExitCode.USAGE, compared.exitCode());
    assertTrue(compared.errors().contains("a run has weights (input.weight)"), compared.errors());
  }

  @Test
  void theModelSaysHowManyUsersItsRecordsStandFor() throws IOException {
    long users = customers().stream().mapToLong(row -> Long.parseLong(row.get(5))).sum();
    assertEquals(customers().size(), run.model().ledger().assigned());
    assertEquals(users, run.model().ledger().users());
    assertNull(plain.model().ledger().weighted());
    assertEquals(users, plain.model().ledger().users());
  }
}
