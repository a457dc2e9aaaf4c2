package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import personas.model.compare.Drift;
import personas.table.TableFormat;

/**
 * Checks every table format and every way to name a file, for every command that reads tables, on
 * both local engines. The results equal the results of a plain CSV file.
 */
class InputMatrixTest {
  private static final int USERS = 200;

  @TempDir static Path folder;
  private static List<String> lines;
  private static Run reference;

  private enum Format {
    CSV,
    JSONL,
    AVRO,
    PARQUET;

    String ending() {
      return "." + name().toLowerCase(Locale.ROOT);
    }
  }

  private enum Name {
    ENDING,
    NONE,
    UPPER_CASE,
    GLOB,
    FILE_URL
  }

  static Stream<Arguments> matrix() {
    return Stream.of(Format.values())
        .flatMap(
            format ->
                Stream.of(Name.values())
                    .flatMap(
                        name ->
                            Stream.of("DirectRunner", "FlinkRunner")
                                .map(runner -> Arguments.of(format, name, runner))));
  }

  @BeforeAll
  static void train() throws IOException {
    lines = Run.simulated(USERS, 7);
    Path csv = Files.write(folder.resolve("users.csv"), lines);
    reference =
        Run.segment(folder.resolve("reference"), "--input=" + csv, "--spec=" + spec(Format.CSV))
            .succeeded();
  }

  /** The format of JSON lines without an ending has to be declared, as there is no first byte. */
  private static Path spec(Format format) throws IOException {
    String yaml =
        """
        name: matrix
        input: {id: user_id%s}
        features: [{name: images_generated_monthly}, {name: api_calls_monthly}]
        clustering: {k: 3}
        """;
    return Files.writeString(
        folder.resolve("matrix-" + format + ".yaml"),
        yaml.formatted(format == Format.JSONL ? ", format: jsonl" : ""));
  }

  private static void write(Format format, List<String> table, Path file) throws IOException {
    switch (format) {
      case CSV -> Files.write(file, table);
      case JSONL -> Files.write(file, jsonLines(table));
      case AVRO -> TypedFilesTest.write(TableFormat.AVRO, table, file);
      case PARQUET -> TypedFilesTest.write(TableFormat.PARQUET, table, file);
    }
  }

  private static List<String> jsonLines(List<String> table) {
    String[] columns = table.get(0).split(",", -1);
    List<String> json = new ArrayList<>();
    for (String line : table.subList(1, table.size())) {
      String[] fields = line.split(",", -1);
      List<String> members = new ArrayList<>();
      for (int i = 0; i < fields.length; i++) {
        boolean number = fields[i].matches("-?[0-9.]+");
        members.add("\"" + columns[i] + "\": " + (number ? fields[i] : "\"" + fields[i] + "\""));
      }
      json.add("{" + String.join(", ", members) + "}");
    }
    return json;
  }

  /** Writes a table under a name, and returns how a user names it. */
  private static String named(Path in, String stem, Format format, Name name, List<String> table)
      throws IOException {
    Files.createDirectories(in);
    String file =
        switch (name) {
          case NONE -> stem;
          case UPPER_CASE -> (stem + format.ending()).toUpperCase(Locale.ROOT);
          default -> stem + format.ending();
        };
    Path path = in.resolve(file);
    write(format, table, path);
    return switch (name) {
      case GLOB -> in + "/" + stem.charAt(0) + "*" + format.ending();
      case FILE_URL -> "file://" + path;
      default -> path.toString();
    };
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void everyCommandReadsEveryTable(Format format, Name name, String runner) throws IOException {
    Path own = folder.resolve(format + "-" + name + "-" + runner);
    String engine = "--runner=" + runner;
    String users = named(own.resolve("in"), "users", format, name, lines);
    String spec = "--spec=" + spec(format);
    Path out = own.resolve("out");
    Run run = Run.segment(out, engine, spec, "--input=" + users).succeeded();
    assertEquals(withoutFormat(reference), withoutFormat(run));
    assertEquals(reference.rows("assignments"), run.rows("assignments"));

    String model = "--model=" + out.resolve("model.json");
    Path scored = own.resolve("scored");
    String[] score = {"score", "--quiet", engine, model, "--input=" + users, "--output=" + scored};
    assertEquals(
        reference.rows("assignments"), Run.command(scored, score).succeeded().rows("assignments"));

    // Assignments of the previous run, which a user may have written in any format.
    List<String> previous =
        Files.readAllLines(reference.files("assignments").get(0)).stream()
            .map(line -> line.split(",", -1))
            .map(fields -> fields[0] + "," + fields[1])
            .toList();
    // Only the input has a declared format, so assignments in JSON lines keep their ending.
    Name assigned = format == Format.JSONL && name == Name.NONE ? Name.ENDING : name;
    String before = named(own.resolve("previous"), "assignments-0", format, assigned, previous);
    Run next =
        Run.segment(
                own.resolve("next"),
                engine,
                spec,
                "--input=" + users,
                "--previousModel=" + reference.output().resolve("model.json"),
                "--previousAssignments=" + before)
            .succeeded();
    assertNobodyMoved(next.drift());

    Path from = own.resolve("from");
    named(
        from, "assignments-0", format, name == Name.UPPER_CASE ? Name.ENDING : assigned, previous);
    Files.copy(reference.output().resolve("model.json"), from.resolve("model.json"));
    String url = name == Name.FILE_URL ? "file://" : "";
    Path compared = own.resolve("compared");
    String[] compare = {
      "compare",
      "--quiet",
      engine,
      "--from=" + url + from,
      "--to=" + url + out,
      "--output=" + compared
    };
    assertNobodyMoved(Run.command(compared, compare).succeeded().drift());
  }

  /** The model but for what differs between the specs. */
  private static String withoutFormat(Run run) throws IOException {
    return run.modelTextOfAnySpec().replaceAll("(?m)^ *\"(digest|format)\".*\n", "");
  }

  private static void assertNobodyMoved(Drift drift) {
    assertNotNull(drift.migration());
    assertEquals(USERS, drift.migration().before());
    assertEquals(USERS, drift.migration().now());
    assertEquals(USERS, drift.migration().stayed());
  }
}
