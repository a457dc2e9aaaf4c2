package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks the reports of a bank and of a shop. Facts that are planted in described columns appear
 * with their size and an interval, and independent columns are gray. {@link DescribeTest} checks a
 * telephone company.
 */
class PlantedFactsTest {
  private static final int CUSTOMERS = 1_500;

  @TempDir Path folder;

  private JsonNode report(String name, String features, String describe, String csv)
      throws IOException {
    Path table = Files.writeString(folder.resolve(name + ".csv"), csv);
    Path spec =
        Files.writeString(
            folder.resolve(name + ".yaml"),
            """
            name: %s
            input: {path: %s, id: id}
            features: [%s]
            describe: [%s]
            clustering: {k: 3, seed: 1}
            """
                .formatted(name, table, features, describe));
    Path output = folder.resolve(name);
    Run.command(output, "segment", "--quiet", "--spec=" + spec, "--output=" + output, "--overwrite")
        .succeeded();
    return new ObjectMapper().readTree(output.resolve("report.json").toFile());
  }

  /** The clusters, by the mean of the first feature. */
  private static List<Integer> order(JsonNode report) {
    return StreamSupport.stream(report.path("personas").spliterator(), false)
        .sorted((a, b) -> Double.compare(first(a), first(b)))
        .map(persona -> persona.path("id").asInt())
        .toList();
  }

  private static double first(JsonNode persona) {
    return persona.path("mean").get(0).asDouble();
  }

  private static JsonNode row(JsonNode report, String column, String level) {
    for (JsonNode each : report.path("described").path("columns")) {
      for (JsonNode row : each.path("rows")) {
        if (each.path("name").asText().equals(column) && row.path("level").asText().equals(level)) {
          return row;
        }
      }
    }
    throw new AssertionError(column + " " + level + " is not described");
  }

  /** The groups are equally large, so the mean of all is the mean of the planted figures. */
  private static void assertPlanted(JsonNode report, JsonNode row, double... planted) {
    double all = (planted[0] + planted[1] + planted[2]) / 3;
    List<Integer> order = order(report);
    for (int g = 0; g < planted.length; g++) {
      JsonNode figure = row.path("personas").get(order.get(g));
      assertHolds(figure.path("valueInterval"), planted[g], figure);
      assertHolds(figure.path("differenceInterval"), planted[g] - all, figure);
      assertEquals(
          Math.abs(planted[g] - all) < 1e-9, figure.path("chance").asBoolean(), figure.toString());
    }
  }

  /** An interval misses the truth once in twenty times, and one of 1.7 times the width hardly. */
  private static void assertHolds(JsonNode interval, double truth, JsonNode figure) {
    double low = interval.path("low").asDouble();
    double high = interval.path("high").asDouble();
    assertEquals(truth, (low + high) / 2, 1.7 * (high - low) / 2, figure.toString());
  }

  /**
   * One in twenty of the differences that are not gray may be chance, so one of many is allowed.
   */
  private static void assertChance(JsonNode report, String... independent) {
    int figures = 0;
    int claims = 0;
    for (JsonNode each : report.path("described").path("columns")) {
      if (List.of(independent).contains(each.path("name").asText())) {
        for (JsonNode row : each.path("rows")) {
          for (JsonNode figure : row.path("personas")) {
            assertTrue(Math.abs(figure.path("effect").asDouble()) < 0.15, row.toString());
            claims += figure.path("chance").asBoolean() ? 0 : 1;
            figures++;
          }
        }
      }
    }
    assertTrue(figures >= 6 && claims <= 1, claims + " of " + figures);
  }

  @Test
  void aBankSeesWhoSubscribesAndThatTheDayOfTheCallSaysNothing() throws IOException {
    Random random = new Random(21);
    StringBuilder csv = new StringBuilder("id,age,balance,subscribed,job,fees,weekday,branch\n");
    List<String> jobs = List.of("student", "worker", "retired");
    for (int i = 0; i < CUSTOMERS; i++) {
      int group = i % 3;
      csv.append(
          String.format(
              Locale.ROOT,
              "c%d,%d,%.2f,%s,%s,%.2f,%s,%d%n",
              i,
              22 + 20 * group + random.nextInt(5),
              500 + 4_000 * group + 300 * random.nextGaussian(),
              random.nextDouble() < new double[] {0.30, 0.06, 0.18}[group] ? "yes" : "no",
              random.nextDouble() < 0.7 ? jobs.get(group) : jobs.get(random.nextInt(3)),
              -new double[] {20, 60, 40}[group] * Math.log(1 - random.nextDouble()),
              List.of("mon", "tue", "wed", "thu", "fri").get(random.nextInt(5)),
              random.nextInt(40)));
    }
    JsonNode report =
        report(
            "bank",
            "{name: age}, {name: balance}",
            "subscribed, job, fees, weekday, {name: branch, type: category}",
            csv.toString());
    assertPlanted(report, row(report, "subscribed", ""), 0.30, 0.06, 0.18);
    assertPlanted(report, row(report, "job", "student"), 0.8, 0.1, 0.1);
    assertPlanted(report, row(report, "fees", ""), 20, 60, 40);
    assertChance(report, "weekday", "branch");
  }

  @Test
  void aShopSeesWhoReturnsGoodsAndThatTheNewsletterChangesNothing() throws IOException {
    Random random = new Random(22);
    StringBuilder csv =
        new StringBuilder("id,recency_days,orders,returned,channel,margin,newsletter,birthday\n");
    for (int i = 0; i < CUSTOMERS; i++) {
      int group = i % 3;
      csv.append(
          String.format(
              Locale.ROOT,
              "c%d,%d,%d,%s,%s,%.2f,%s,19%02d-0%d-1%d%n",
              i,
              5 + 100 * group + random.nextInt(20),
              60 - 25 * group + random.nextInt(6),
              random.nextDouble() < new double[] {0.10, 0.25, 0.40}[group] ? "yes" : "no",
              random.nextDouble() < new double[] {0.75, 0.45, 0.15}[group] ? "app" : "shop",
              new double[] {30, 24, 12}[group] + 20 * random.nextGaussian(),
              random.nextBoolean() ? "yes" : "no",
              50 + random.nextInt(50),
              1 + random.nextInt(9),
              random.nextInt(10)));
    }
    JsonNode report =
        report(
            "shop",
            "{name: recency_days}, {name: orders}",
            "returned, channel, margin, newsletter, birthday",
            csv.toString());
    assertPlanted(report, row(report, "returned", ""), 0.10, 0.25, 0.40);
    assertPlanted(report, row(report, "channel", "app"), 0.75, 0.45, 0.15);
    assertPlanted(report, row(report, "margin", ""), 30, 24, 12);
    assertChance(report, "newsletter", "birthday");
  }
}
