package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/**
 * Checks the warnings for a table with a fault in each column, from the file to the terminal and
 * the report. The same table without faults gives no warning.
 */
class FeatureFaultsTest {
  private static final int USERS = 600;
  private static final String[] COLUMNS = {
    "customer_no", "visits", "spend", "spend_net", "beta", "noise", "age"
  };

  @TempDir Path folder;

  private static String faulty(int i, Random random) {
    int group = i % 3;
    double visits = (group == 0 ? 20 : 60) + 6 * random.nextGaussian();
    double spend = (group == 2 ? 900 : 300) + 60 * random.nextGaussian();
    double net = 0.8 * spend + 20 * random.nextGaussian();
    double age = i % 60 == 0 ? -999 : 30 + 15 * group + 5 * random.nextGaussian();
    int beta = i % 200 == 7 ? 1 : 0;
    return row(100_000 + 977 * i, visits, spend, net, beta, random.nextDouble(), age);
  }

  /** The columns of the fault, each with what its name promises of a feature. */
  private static String faultless(int i, Random random) {
    int group = i % 3;
    double visits = (group == 0 ? 20 : 60) + 6 * random.nextGaussian();
    double spend = (group == 2 ? 900 : 300) + 60 * random.nextGaussian();
    double net = (group == 1 ? 180 : 100) + 20 * random.nextGaussian();
    double age = 30 + 15 * group + 5 * random.nextGaussian();
    int beta = random.nextInt(10) < 2 + 3 * group ? 1 : 0;
    int number = 40 * group + random.nextInt(30);
    double noise = (group == 1 ? 2 : 1) + random.nextDouble();
    return row(number, visits, spend, net, beta, noise, age);
  }

  private static String row(
      long number, double visits, double spend, double net, int beta, double noise, double age) {
    return String.format(
        Locale.ROOT,
        "%d,%.1f,%.2f,%.2f,%d,%.3f,%.0f",
        number,
        visits,
        spend,
        net,
        beta,
        noise,
        age);
  }

  private Run segment(String name, List<String> rows) throws IOException {
    Path input = folder.resolve(name + ".csv");
    StringBuilder table = new StringBuilder("user," + String.join(",", COLUMNS) + "\n");
    for (int i = 0; i < rows.size(); i++) {
      table.append("u").append(i).append(',').append(rows.get(i)).append('\n');
    }
    Files.writeString(input, table);
    StringBuilder spec = new StringBuilder("name: faults\ninput: {id: user}\nfeatures:\n");
    for (String column : COLUMNS) {
      spec.append("  - name: ").append(column).append('\n');
    }
    Path specFile =
        Files.writeString(folder.resolve(name + ".yaml"), spec.append("clustering: {k: 3}\n"));
    return Run.command(
        folder.resolve(name),
        "segment",
        "--spec=" + specFile,
        "--input=" + input,
        "--output=" + folder.resolve(name));
  }

  private static List<String> warnings(Run run, String key) throws IOException {
    var report = new ObjectMapper().readTree(run.output().resolve("report.json").toFile());
    return StreamSupport.stream(report.get("warnings").spliterator(), false)
        .map(warning -> warning.get(key).asText())
        .toList();
  }

  @Test
  void reportAndTerminalWarnOfEachFault() throws IOException {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      rows.add(faulty(i, random));
    }
    PrintStream before = System.out;
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    System.setOut(new PrintStream(terminal, true, StandardCharsets.UTF_8));
    Run run;
    try {
      run = segment("faulty", rows).succeeded();
    } finally {
      System.setOut(before);
    }
    assertEquals(
        List.of(
            "id_as_feature", "correlated_features", "near_constant", "no_influence", "far_value"),
        warnings(run, "kind").subList(0, 5),
        warnings(run, "text").toString());
    String shown = terminal.toString(StandardCharsets.UTF_8) + run.errors();
    for (String text : warnings(run, "text").subList(0, 5)) {
      assertTrue(shown.contains("warning: " + text), text + " is not in " + shown);
    }
    String texts = warnings(run, "text").toString();
    assertTrue(
        texts.contains(
            "customer_no looks like an id: the name is typical of ids, and the values of 600 of 600 users"),
        texts);
    assertTrue(
        texts.contains("spend and spend_net carry nearly the same information (correlation 0.99"),
        texts);
    assertTrue(
        texts.contains("beta is nearly constant: the value is 0 for 597 of 600 users"), texts);
    assertTrue(texts.contains("The segments hardly differ in noise"), texts);
    assertTrue(texts.contains("age is -999 for 10 of 600 users"), texts);
  }

  @Test
  void theTwinWithoutFaultsGivesNoWarning() throws IOException {
    Random random = new Random(3);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      rows.add(faultless(i, random));
    }
    Run run = segment("faultless", rows);
    assertEquals(ExitCode.DONE, run.exitCode(), run.errors());
    assertEquals(List.of(), warnings(run, "text"));
  }

  @Test
  void theSampleGivesNoWarning() throws IOException {
    Run run = Run.segment(folder.resolve("sample")).succeeded();
    assertEquals(List.of(), warnings(run, "text"));
  }
}
