package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.export.SqlScoring;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.text.sql.SqlDialect;

/**
 * Checks categories and weights of features. The oracle is {@code
 * src/test/resources/categories/make.py}.
 */
class CategoryTest {
  private static final Path ORACLE = Path.of("src/test/resources/categories");
  private static final Path CUSTOMERS = ORACLE.resolve("customers.csv");

  /** A coordinate is rounded to a multiple of 2^-24. */
  private static final double GRID = 1e-7;

  @TempDir static Path folder;
  private static Path spec;
  private static Run run;

  @BeforeAll
  static void segment() throws IOException {
    spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: customers
            input: {id: customer, passThrough: [plan]}
            features:
              - {name: spend, weight: 1.5, transform: none}
              - name: plan
                type: category
                levels: [basic, 'pro, yearly', 'the "big" one']
                missing: level
              - {name: visits, transform: none}
            clustering: {k: 3, restarts: 20}
            personas:
              - name: Professionals
                profile: {"plan=pro, yearly": high}
            """);
    run = segment("run", CUSTOMERS);
  }

  private static Run segment(String output, Path input, String... more) {
    List<String> flags = new ArrayList<>(List.of("--spec=" + spec, "--input=" + input));
    flags.addAll(List.of(more));
    return Run.segment(folder.resolve(output), flags.toArray(String[]::new)).succeeded();
  }

  /** The fields of a line of CSV. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
      cells.add(
          cell.startsWith("\"")
              ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
              : cell);
    }
    return cells;
  }

  private static Map<String, List<List<String>>> expected() throws IOException {
    Map<String, List<List<String>>> figures = new TreeMap<>();
    for (String line : Files.readAllLines(ORACLE.resolve("expected.csv"))) {
      List<String> cells = cells(line);
      figures
          .computeIfAbsent(cells.get(0), figure -> new ArrayList<>())
          .add(cells.subList(1, cells.size()));
    }
    return figures;
  }

  /**
   * The columns of the oracle; the model has the level of missing values too, which is constant.
   */
  private static int feature(Model model, String name) {
    List<String> names = model.features().stream().map(Model.FeatureModel::name).toList();
    assertTrue(names.contains(name), () -> name + " is not in " + names);
    return names.indexOf(name);
  }

  @Test
  void oneHotAndWeightsMatchScikitLearn() throws IOException {
    Model model = run.model();
    Map<String, List<List<String>>> expected = expected();
    List<String> columns = expected.get("figure").get(0);
    List<ClusterModel> clusters = new ArrayList<>(model.clusters());
    clusters.sort(Comparator.comparingDouble(cluster -> cluster.centroid().get(0)));
    for (int c = 0; c < columns.size(); c++) {
      String column = columns.get(c);
      int f = feature(model, column);
      Model.FeatureModel feature = model.features().get(f);
      double mean = Double.parseDouble(expected.get("mean").get(0).get(c));
      double unit = Double.parseDouble(expected.get("unit").get(0).get(c));
      assertEquals(mean, feature.mean(), 1e-9, column);
      assertEquals(unit, feature.unit(), 1e-9, column);
      for (int j = 0; j < clusters.size(); j++) {
        double center = Double.parseDouble(expected.get("center").get(j).get(c));
        assertEquals(center, clusters.get(j).centroid().get(f), GRID, column);
      }
    }
    double inertia = Double.parseDouble(expected.get("inertia").get(0).get(0));
    assertEquals(inertia, model.inertia(), 1e-5);
  }

  @Test
  void theReportSpeaksOfShares() throws IOException {
    JsonNode report = new ObjectMapper().readTree(run.output().resolve("report.json").toFile());
    String summaries = report.path("personas").findValuesAsText("summary").toString();
    assertTrue(summaries.contains("% have Plan: pro, yearly (all users: 28%)"), summaries);
    assertTrue(
        report.path("personas").findValuesAsText("name").contains("Professionals"),
        "a profile names a level");
  }

  @Test
  void bothRunnersAndOtherFormatsGiveTheSameBytes() throws IOException {
    Run flink = segment("flink", CUSTOMERS, "--runner=FlinkRunner", "--parallelism=2");
    assertEquals(run.modelText(), flink.modelText());
    assertEquals(run.rows("assignments"), flink.rows("assignments"));
    StringBuilder json = new StringBuilder();
    for (List<String> row : customers()) {
      json.append(
          new ObjectMapper()
                  .writeValueAsString(
                      Map.of(
                          "customer", row.get(0),
                          "spend", Double.valueOf(row.get(1)),
                          "plan", row.get(2),
                          "visits", Integer.valueOf(row.get(3))))
              + "\n");
    }
    Path lines = Files.writeString(folder.resolve("customers.jsonl"), json.toString());
    assertEquals(run.modelText(), segment("json", lines).modelText());
  }

  private static List<List<String>> customers() throws IOException {
    return Files.readAllLines(CUSTOMERS).stream().skip(1).map(CategoryTest::cells).toList();
  }

  /**
   * A level that the training has not seen is another plan; a missing one is a level of its own.
   */
  @Test
  void aScoreCountsNewLevelsAsOther() throws IOException {
    Path users =
        Files.writeString(
            folder.resolve("new.csv"),
            """
            customer,spend,plan,visits
            a,20,trial,5
            b,20,brand new,5
            c,20, basic ,5
            d,20,basic,5
            e,20,,5
            f,20,NA,5
            """);
    Run score =
        Run.command(
                folder.resolve("score"),
                "score",
                "--quiet",
                "--model=" + run.output().resolve("model.json"),
                "--input=" + users,
                "--output=" + folder.resolve("score"))
            .succeeded();
    List<String> distances = new ArrayList<>();
    for (String row : score.rows("assignments")) {
      distances.add(cells(row).get(0) + cells(row).get(3));
    }
    distances.sort(Comparator.naturalOrder());
    List<String> values = distances.stream().map(each -> each.substring(1)).toList();
    assertEquals(6, values.size());
    assertEquals(values.get(0), values.get(1), "trial and brand new");
    assertEquals(values.get(2), values.get(3), "blanks do not count");
    assertEquals(values.get(4), values.get(5), "two ways to say that there is none");
    assertEquals(3, values.stream().distinct().count(), values.toString());
  }

  @Test
  void theSqlOfAModelKnowsLevels() throws Exception {
    Map<String, String> sql = new TreeMap<>();
    try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE users AS SELECT * FROM read_csv('" + CUSTOMERS + "', header = true)");
      try (ResultSet rows =
          statement.executeQuery(SqlScoring.of(run.model(), SqlDialect.DUCKDB, "users"))) {
        while (rows.next()) {
          sql.put(rows.getString(1), rows.getString("persona"));
        }
      }
    }
    Map<String, String> scored = new TreeMap<>();
    for (String row : run.rows("assignments")) {
      List<String> cells = cells(row);
      scored.put(cells.get(0), cells.get(2));
    }
    assertEquals(scored, sql);
  }

  @Test
  void aTableOfCategoriesAloneIsClustered() throws IOException {
    StringBuilder csv = new StringBuilder("id,color,size\n");
    for (int i = 0; i < 300; i++) {
      csv.append("u%d,%s%n".formatted(i, List.of("red,S", "green,M", "blue,L").get(i % 3)));
    }
    Path table = Files.writeString(folder.resolve("colors.csv"), csv.toString());
    Run bare =
        Run.command(
                folder.resolve("bare"),
                "segment",
                "--quiet",
                "--input=" + table,
                "--output=" + folder.resolve("bare"))
            .succeeded();
    assertEquals(
        List.of(100L, 100L, 100L),
        bare.model().clusters().stream().map(ClusterModel::users).toList());
    JsonNode report = new ObjectMapper().readTree(bare.output().resolve("report.json").toFile());
    List<String> rules = report.path("personas").findValuesAsText("sql");
    assertEquals(List.of("color = 'blue'", "color = 'green'", "color = 'red'"), sorted(rules));
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }
}
