package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import personas.table.SimulatedOrders;

/**
 * A log of orders becomes the same bytes of users, of the model and of the assignments on every
 * runner, for any order of the events and any split into files and ranges.
 */
class EventBytesTest {
  private static final int CUSTOMERS = 12_000;
  private static final String SPEC = "--spec=pipelines/orders-rfm.yaml";

  @TempDir static Path folder;
  private static Run reference;

  @BeforeAll
  static void segment() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    new SimulatedOrders(3).writeCsv(0, CUSTOMERS, csv);
    List<String> lines = csv.toString(StandardCharsets.UTF_8).lines().toList();
    List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
    write("one", List.of(rows));
    Collections.shuffle(rows, new Random(1));
    int third = rows.size() / 3;
    write(
        "three",
        List.of(
            rows.subList(0, third),
            rows.subList(third, 2 * third),
            rows.subList(2 * third, rows.size())));
    reference = run("reference", "one", "--runner=DirectRunner", "--targetParallelism=1");
    assertEquals(CUSTOMERS, reference.rows("users").size());
  }

  private static void write(String name, List<List<String>> parts) throws IOException {
    Path input = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < parts.size(); i++) {
      String text = SimulatedOrders.HEADER + "\n" + String.join("\n", parts.get(i)) + "\n";
      Files.writeString(input.resolve("orders-" + i + ".csv"), text);
    }
  }

  private static Run run(String name, String input, String... flags) {
    List<String> all =
        new ArrayList<>(List.of(SPEC, "--input=" + folder.resolve(input) + "/*.csv"));
    all.addAll(List.of(flags));
    return Run.segment(folder.resolve("out-" + name), all.toArray(String[]::new)).succeeded();
  }

  static Stream<List<String>> variants() {
    return Stream.of(
        List.of("one", "--runner=DirectRunner", "--rangeMegabytes=1", "--slots=5"),
        List.of(
            "one", "--runner=FlinkRunner", "--rangeMegabytes=2", "--useDataStreamForBatch=true"),
        List.of("three", "--runner=DirectRunner", "--enforceImmutability", "--enforceEncodability"),
        List.of("three", "--runner=FlinkRunner", "--parallelism=2", "--rangeMegabytes=1"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void givesTheSameBytes(List<String> variant) throws IOException {
    String[] flags = variant.subList(1, variant.size()).toArray(String[]::new);
    Run run = run(Integer.toHexString(variant.hashCode()), variant.get(0), flags);
    assertEquals(tables(reference), tables(run));
    assertEquals(reference.rows("assignments"), run.rows("assignments"));
    assertEquals(reference.modelText(), run.modelText());
  }

  private static String tables(Run run) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : run.files("users")) {
      text.append(file.getFileName()).append('\n').append(Files.readString(file));
    }
    return text.toString();
  }

  /** The five personas of the spec are found, each for nearly all customers of the persona. */
  @Test
  void findsThePersonasOfTheOrders() throws IOException {
    long right =
        reference.rows("assignments").stream()
            .map(row -> row.split(",", -1))
            .filter(row -> row[2].equals(row[row.length - 1]))
            .count();
    assertTrue(right > 0.95 * CUSTOMERS, right + " of " + CUSTOMERS);
    assertEquals(
        List.of("Champions", "Loyal", "At risk", "Lost", "New"),
        reference.model().clusters().stream().map(cluster -> cluster.persona()).toList());
  }
}
