package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/**
 * Checks that the report of a telephone company shows the facts that are planted in described
 * columns.
 */
class DescribeTest {
  @TempDir static Path folder;
  private static Path customers;

  @BeforeAll
  static void write() throws IOException {
    Random random = new Random(20);
    StringBuilder csv =
        new StringBuilder("customer_id,tenure,gb,churned,contract,country,joined\n");
    for (int i = 0; i < 3000; i++) {
      int group = i % 3;
      csv.append(
          String.format(
              Locale.ROOT,
              "c%d,%d,%.1f,%s,%s,%s,20%d-0%d-11%n",
              i,
              5 + 25 * group + random.nextInt(6),
              40 - 15 * group + random.nextGaussian(),
              random.nextDouble() < new double[] {0.48, 0.27, 0.05}[group] ? "yes" : "no",
              random.nextInt(10) < 2 + 3 * group ? "\"yearly, paid\"" : "monthly",
              List.of("DE", "FR", "", "=UK").get(random.nextInt(4)),
              18 + random.nextInt(8),
              1 + random.nextInt(9)));
    }
    customers = Files.writeString(folder.resolve("customers.csv"), csv.toString());
  }

  private static Run run(String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "segment",
                "--quiet",
                "--input=" + customers,
                "--output=" + folder.resolve(output)));
    args.addAll(List.of(more));
    return Run.command(folder.resolve(output), args.toArray(String[]::new)).succeeded();
  }

  private static JsonNode column(JsonNode report, String name) {
    for (JsonNode column : report.path("described").path("columns")) {
      if (column.path("name").asText().equals(name)) {
        return column;
      }
    }
    throw new AssertionError(name + " is not described");
  }

  @Test
  void aBareFileTellsWhoChurnsAndWhatIsChance() throws IOException {
    Run run = run("bare");
    JsonNode report = new ObjectMapper().readTree(run.output().resolve("report.json").toFile());
    assertEquals(3, report.path("personas").size());
    JsonNode churned = column(report, "churned").path("rows").get(0);
    assertEquals("boolean", column(report, "churned").path("type").asText());
    assertEquals(0.267, churned.path("all").asDouble(), 0.03);
    List<Double> shares = new ArrayList<>();
    for (JsonNode figure : churned.path("personas")) {
      shares.add(figure.path("value").asDouble());
      assertEquals(1000, figure.path("users").asLong());
    }
    shares.sort(null);
    assertEquals(0.05, shares.get(0), 0.03);
    assertEquals(0.48, shares.get(2), 0.05);
    for (JsonNode figure : churned.path("personas")) {
      boolean isAverage = Math.abs(figure.path("value").asDouble() - 0.27) < 0.05;
      assertEquals(isAverage, figure.path("chance").asBoolean(), figure.toString());
    }
    for (String independent : List.of("country", "joined")) {
      for (JsonNode row : column(report, independent).path("rows")) {
        for (JsonNode figure : row.path("personas")) {
          assertTrue(figure.path("chance").asBoolean(), independent + figure);
        }
      }
    }
    // A country that is a formula in a spreadsheet has its own text in the report.
    assertTrue(column(report, "country").toString().contains("\"level\":\"=UK\""));
    List<String> profile = Files.readAllLines(run.output().resolve("profile.csv"));
    assertEquals(
        "column,type,level,cluster,persona,users,value,value_all,index,effect,v_test,may_be_chance,"
            + "p_value,value_low,value_high,difference_low,difference_high",
        profile.get(0));
    assertEquals(1 + 3 * (1 + 2 + 3 + 1), profile.size());
    assertTrue(Files.readString(run.output().resolve("report.html")).contains("\"described\""));
  }

  @Test
  void everyRunnerGivesTheSameBytesAndOnlyCopiedColumnsAreCopied() throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        """
        name: customers
        input: {path: %s, id: customer_id, passThrough: [country]}
        features: [{name: tenure}, {name: gb}]
        describe: [churned, {name: contract, type: category}, country]
        clustering: {k: 3}
        """
            .formatted(customers));
    Run direct = run("direct", "--spec=" + spec, "--runner=DirectRunner");
    Run flink = run("flink", "--spec=" + spec, "--runner=FlinkRunner", "--parallelism=2");
    for (String file : List.of("profile.csv", "report.json", "model.json")) {
      assertEquals(
          Files.readString(direct.output().resolve(file)),
          Files.readString(flink.output().resolve(file)),
          file);
    }
    Path assignments = direct.files("assignments").get(0);
    List<String> lines = Files.readAllLines(assignments);
    assertTrue(lines.get(0).endsWith(",margin,outlier,country"), lines.get(0));
    assertFalse(lines.get(1).contains("monthly"), lines.get(1));
    // Without described columns the same users have the same rows, and no profile stays behind.
    Path plain = folder.resolve("plain.yaml");
    Files.writeString(plain, Files.readString(spec).replaceAll("describe:.*\n", ""));
    Run without = run("direct", "--spec=" + plain, "--runner=DirectRunner");
    assertEquals(lines, Files.readAllLines(without.files("assignments").get(0)));
    assertFalse(Files.exists(without.output().resolve("profile.csv")));
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    Path spec = folder.resolve("wrong.yaml");
    Files.writeString(
        spec,
        """
        name: customers
        input: {path: %s, id: customer_id}
        features: [{name: tenure}]
        describe: [churn]
        """
            .formatted(customers));
    Run run =
        Run.command(
            folder, "segment", "--quiet", "--spec=" + spec, "--output=" + folder.resolve("no"));
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("missing column 'churn'; nearest is 'churned'"), run.errors());
  }
}
