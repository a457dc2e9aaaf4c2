package personas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.report.statistic.SampleStatistics;

/**
 * Runs values from the smallest to the largest double through a run and to the page in a browser.
 */
class MagnitudesTest {
  private static final int USERS = 80;
  private static final long SEED = new Random().nextLong();

  @TempDir static Path folder;

  private static Map<String, DoubleSupplier> columns() {
    Random random = new Random(SEED);
    Map<String, DoubleSupplier> columns = new LinkedHashMap<>();
    columns.put("ordinary", () -> random.nextInt(11));
    columns.put("neighbors", () -> random.nextBoolean() ? 1e30 : Math.nextUp(1e30));
    columns.put("far", () -> random.nextBoolean() ? 1.5e18 : Math.nextUp(1.5e18));
    columns.put("large", () -> random.nextGaussian() * 1e155);
    columns.put("small", () -> random.nextGaussian() * 1e-163);
    columns.put("subnormal", () -> random.nextInt(2_000) * Double.MIN_VALUE);
    columns.put("least", () -> random.nextInt(2) * Double.MIN_VALUE);
    columns.put("ends", () -> random.nextBoolean() ? 1.7e308 : -1.7e308);
    columns.put("largest", () -> random.nextInt(3) == 0 ? 1 : Double.MAX_VALUE);
    columns.put("top", () -> 9e307 + random.nextInt(5) * 1e292);
    columns.put("any", () -> Math.pow(10, random.nextDouble() * 628 - 320));
    columns.put(
        "signed",
        () -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, random.nextDouble() * 628 - 320));
    Map<String, DoubleSupplier> all = new LinkedHashMap<>(columns);
    columns.forEach((name, values) -> all.put(name + "_plain", values));
    return all;
  }

  /** In a process of its own, as a user runs it. */
  @BeforeAll
  static void run() throws IOException, InterruptedException {
    Map<String, DoubleSupplier> columns = columns();
    StringBuilder csv = new StringBuilder("id," + String.join(",", columns.keySet()) + "\n");
    for (int i = 0; i < USERS; i++) {
      csv.append('u').append(i);
      columns.values().forEach(value -> csv.append(',').append(value.getAsDouble()));
      csv.append('\n');
    }
    Path users = Files.writeString(folder.resolve("users.csv"), csv);
    StringBuilder spec = new StringBuilder("name: magnitudes\ninput: {id: id}\nfeatures:\n");
    for (String name : columns.keySet()) {
      String transform = name.endsWith("_plain") ? "none" : "auto";
      spec.append("- {name: " + name + ", transform: " + transform + "}\n");
    }
    Path file = Files.writeString(folder.resolve("spec.yaml"), spec + "clustering: {k: 3}\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "personas.cli.Main",
                "segment",
                "--quiet",
                "--spec=" + file,
                "--input=" + users,
                "--output=" + folder.resolve("out"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    int exitCode = process.waitFor();
    assertEquals(0, exitCode, Files.readString(folder.resolve("log")) + ", seed " + SEED);
  }

  @Test
  void noFileHoldsANumberThatIsNotFinite() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      for (Path file : files.filter(each -> each.toString().matches(".*(json|csv)")).toList()) {
        String text = Files.readString(file);
        assertFalse(text.contains("NaN") || text.contains("Infinity"), file + ", seed " + SEED);
      }
    }
    JsonNode report =
        new ObjectMapper().readTree(folder.resolve("out").resolve("report.json").toFile());
    for (JsonNode feature : report.get("features")) {
      assertTrue(feature.get("sigma").asDouble() > 0, feature + ", seed " + SEED);
      assertTrue(feature.at("/linear/ticks").size() <= 8, feature + ", seed " + SEED);
    }
  }

  @Test
  void thePageDrawsThemAll() throws Exception {
    Optional<Path> program = Chromium.installed();
    if (program.isEmpty()) {
      System.err.println("SKIPPED: the page of extreme values is not looked at, no Chromium");
    }
    assumeTrue(program.isPresent(), "no Chromium is installed");
    try (Chromium browser = Chromium.start(program.get())) {
      browser.look(1200, "light");
      browser.open(folder.resolve("out").resolve("report.html").toAbsolutePath());
      // Each feature on each axis, linear and logarithmic.
      String wrong =
          """
            (() => {
              const wrong = new Set();
              const look = what => document.querySelectorAll('svg *').forEach(node =>
                [...node.attributes].forEach(each => {
                  if (/NaN|Infinity|undefined/.test(each.value)) wrong.add(what + ' ' + each.name);
                }));
              look('first');
              for (const select of document.querySelectorAll('select')) {
                for (const option of select.options) {
                  select.value = option.value;
                  select.dispatchEvent(new Event('change'));
                  look(option.textContent);
                  for (const box of document.querySelectorAll('input[type=checkbox]')) {
                    box.click();
                    look(option.textContent + ' ' + box.id);
                  }
                }
              }
              return [...wrong].slice(0, 20);
            })()
            """;
      assertEquals("[]", browser.evaluate(wrong).toString(), "seed " + SEED);
      assertEquals(List.of(), browser.complaints(), "seed " + SEED);
      assertTrue(
          browser.evaluate("document.querySelectorAll('svg path').length").asInt() > 10, "drawn");
    }
  }

  /** Neither an infinite deviation nor one of 0 where values differ; ordinary bits as ever. */
  @Test
  void deviationsAndMediansHoldForAllMagnitudes() {
    double[] ordinary = new Random(7).doubles(1_000, 0, 500).toArray();
    double plain = SampleStatistics.sigma(ordinary);
    for (int exponent : new int[] {-1060, -1000, -600, 0, 600, 1000, 1014}) {
      double[] scaled = new double[ordinary.length];
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] = Math.scalb(ordinary[i], exponent);
      }
      double expected = Math.scalb(plain, exponent);
      double tolerance = exponent < -1000 ? expected * 1e-2 : 0;
      assertEquals(expected, SampleStatistics.sigma(scaled), tolerance, "2^" + exponent);
    }
    double max = Double.MAX_VALUE;
    assertEquals(max, SampleStatistics.sigma(new double[] {-max, max}));
    assertEquals(0, SampleStatistics.median(new double[] {-max, max}));
    assertEquals(Double.MIN_VALUE, SampleStatistics.sigma(new double[] {0, Double.MIN_VALUE}));
    assertEquals(0, SampleStatistics.sigma(new double[] {max, max}));
  }
}
