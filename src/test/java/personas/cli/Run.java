package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import personas.cli.exit.ExitCode;
import personas.connector.storage.Folder;
import personas.model.JsonFile;
import personas.model.Model;
import personas.model.ModelJson;
import personas.model.compare.Drift;
import personas.model.score.ScoreResult;
import personas.report.ReportFiles;
import personas.run.RunOutcome;
import personas.table.SimulatedUsers;
import personas.text.CsvBuffer;

/** Runs a command as a user would, in this process, and reads what it left. */
public record Run(int exitCode, String errors, Path output) {

  /** The spec of the sample, which all simulated users have the columns of. */
  public static final String SAMPLE_SPEC = "pipelines/image-platform-users.yaml";

  /** {@code segment} with its output in {@code output}, by the sample's spec if none is named. */
  public static Run segment(Path output, String... flags) {
    List<String> args = new ArrayList<>(List.of("segment", "--quiet", "--output=" + output));
    args.addAll(List.of(flags));
    boolean hasInput = args.stream().anyMatch(flag -> flag.startsWith("--input="));
    if (hasInput && args.stream().noneMatch(flag -> flag.startsWith("--spec="))) {
      args.add("--spec=" + SAMPLE_SPEC);
    }
    return command(output, args.toArray(String[]::new));
  }

  public static Run command(Path output, String... args) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (FlinkTasks tasks = new FlinkTasks()) {
      int exitCode = Main.run(args);
      tasks.check(args, exitCode);
      return new Run(exitCode, errors.toString(StandardCharsets.UTF_8), output);
    } finally {
      System.setErr(before);
    }
  }

  public Run succeeded() {
    assertEquals(ExitCode.DONE, exitCode, errors);
    return this;
  }

  Model model() throws IOException {
    try (InputStream in = Files.newInputStream(output.resolve("model.json"))) {
      return ModelJson.read("model.json", in);
    }
  }

  ScoreResult score() throws IOException {
    try (InputStream in = Files.newInputStream(output.resolve(ScoreResult.FILE))) {
      return JsonFile.read(ScoreResult.FILE, in, ScoreResult.class);
    }
  }

  public Drift drift() throws IOException {
    try (InputStream in = Files.newInputStream(output.resolve(Drift.FILE))) {
      return JsonFile.read(Drift.FILE, in, Drift.class);
    }
  }

  /** What the run says of itself. */
  RunOutcome outcome() throws IOException {
    try (InputStream in = Files.newInputStream(output.resolve(RunOutcome.FILE))) {
      return JsonFile.read(RunOutcome.FILE, in, RunOutcome.class);
    }
  }

  /** Results are equal but for the folders of the files that were read and the seconds. */
  static void assertSameFiles(Map<String, String> expected, Map<String, String> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach(
        (name, text) ->
            assertEquals(
                withoutSeconds(name, text).replaceAll("(?m)^\\S*/", ""),
                withoutSeconds(name, found.get(name)).replaceAll("(?m)^\\S*/", ""),
                name));
  }

  /** The text of a result without the seconds of run.json, the only figure of the clock. */
  static String withoutSeconds(String name, String text) {
    return name.equals(RunOutcome.FILE)
        ? text.replaceAll("(?m)^ *\"seconds\":[0-9.]+$", "\"seconds\":")
        : text;
  }

  String modelText() throws IOException {
    return Files.readString(output.resolve("model.json"));
  }

  /** The model without the digest of the text of the spec, to compare runs of different texts. */
  String modelTextOfAnySpec() throws IOException {
    return modelText().replaceAll("(?m)^ *\"specDigest\".*\n", "");
  }

  /** The files of the report, each as one character a byte. */
  public String reportBytes() throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (ReportFiles file : ReportFiles.values()) {
      Path path = output.resolve(file.fileName());
      bytes.append(file.fileName()).append('\n');
      bytes.append(new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
    }
    return bytes.toString();
  }

  /** The rows of all files of a kind, without headers, sorted. */
  public List<String> rows(String kind) throws IOException {
    List<String> rows = new ArrayList<>();
    for (Path file : files(kind)) {
      List<String> lines = Files.readAllLines(file);
      rows.addAll(lines.subList(1, lines.size()));
    }
    return rows.stream().sorted().toList();
  }

  List<Path> files(String kind) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(kind + "-"))
          .sorted()
          .toList();
    }
  }

  /** Everything in the output folder, hidden files too, but for the marker of the publication. */
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(Folder.PUBLICATION_PREFIX))
          .sorted()
          .toList();
    }
  }

  /** The lines of a simulated table, header first. */
  public static List<String> simulated(int users, long seed) {
    CsvBuffer buffer = new CsvBuffer();
    buffer.appendAscii(SimulatedUsers.HEADER);
    buffer.appendByte('\n');
    SimulatedUsers simulation = new SimulatedUsers(seed);
    for (int i = 0; i < users; i++) {
      simulation.appendCsv(i, buffer);
    }
    return new String(buffer.toByteArray(), StandardCharsets.UTF_8).lines().toList();
  }
}
