package personas.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/** Checks names in the files of a run that would move a cursor, color a screen or forge a line. */
class HostileModelTest {
  private static final String INPUT = "--input=data/customer_segmentation_data.csv";
  private static final String FORGED = "read 0 = assigned 0";

  /** As JSON writes it: escapes of seven and eight bits, line ends, a bell, a reversal. */
  private static final String HOSTILE =
      "N\\u001b[31m\\u009b2J\\n"
          + FORGED
          + "\\r"
          + FORGED
          + "\\u2028\\u202e\\u0007\\u0085\\u001b]0;x";

  @TempDir static Path folder;

  @BeforeAll
  static void run() throws IOException {
    Path run = folder.resolve("run");
    Run.segment(run).succeeded();
    for (String name : List.of("model.json", "report.json")) {
      Path file = run.resolve(name);
      String text = Files.readString(file);
      for (String known :
          List.of(
              "E-commerce Business Owners",
              "image-platform-users",
              "images_generated_monthly",
              "2026-10-31")) {
        text = text.replace('"' + known + '"', '"' + HOSTILE + known + '"');
      }
      Files.writeString(file, text);
    }
    Path ledger = run.resolve("ledger.csv");
    String row = Files.readAllLines(ledger).get(1);
    String hostile = "\"s\u001b[31m\n" + FORGED + "\u009b2J\"";
    String bad = hostile + row.substring(row.indexOf(','));
    Files.writeString(ledger, Files.readString(ledger) + bad + "\n" + bad + "\n");
  }

  private static Run hostile(Path output, String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    Run run;
    try {
      run = Run.command(output, args);
    } finally {
      System.setOut(before);
    }
    String text = printed.toString(UTF_8) + run.errors();
    assertFalse(text.isEmpty());
    text.lines().forEach(line -> assertFalse(line.startsWith(FORGED), text));
    text.codePoints()
        .filter(c -> c != '\n')
        .forEach(
            c ->
                assertFalse(
                    Character.isISOControl(c) || List.of(0x202e, 0x2028).contains(c),
                    Integer.toHexString(c) + " in " + text));
    return new Run(run.exitCode(), text, output);
  }

  private static String model() {
    return "--model=" + folder.resolve("run/model.json");
  }

  @Test
  void aReportShowsThemPlain() {
    Run run = hostile(folder, "report", model(), "--output=" + folder.resolve("drawn"));
    assertEquals(ExitCode.DONE, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("  0  N [31m 2J read 0"), run.errors());
  }

  @Test
  void aScoreShowsThemPlain() throws IOException {
    Path named = Files.createDirectories(folder.resolve("named"));
    String text = Files.readString(folder.resolve("run/model.json"));
    Path model = named.resolve("model.json");
    String column = "images_generated_monthly";
    Files.writeString(model, text.replace(HOSTILE + column, column));
    Path output = folder.resolve("scored");
    Run run = hostile(output, "score", "--model=" + model, INPUT, "--output=" + output);
    assertEquals(ExitCode.DONE, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("  0  N [31m 2J read 0"), run.errors());
    // The columns of the model are not those of the table: both are shown.
    Run lacks = hostile(output, "score", model(), INPUT, "--output=" + output);
    assertEquals(ExitCode.DATA_REFUSED, lacks.exitCode(), lacks.errors());
  }

  @Test
  void aComparisonShowsThemPlain() throws IOException {
    String from = "--from=" + folder.resolve("run");
    Run run = hostile(folder, "compare", from, "--to=" + folder.resolve("run"));
    assertEquals(ExitCode.DONE, run.exitCode(), run.errors());
    Path other = folder.resolve("other");
    Run.segment(other).succeeded();
    Run refused = hostile(folder, "compare", from, "--to=" + other);
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
  }

  @Test
  void aRunThatGoesOnFromThemShowsThemPlain() throws IOException {
    Path next = folder.resolve("next");
    String previous = "--previousModel=" + folder.resolve("run/model.json");
    String spec = "--spec=" + Run.SAMPLE_SPEC;
    Run refused = hostile(next, "segment", spec, previous, "--output=" + next);
    assertEquals(ExitCode.USAGE, refused.exitCode(), refused.errors());
    Path named = Files.createDirectories(folder.resolve("named-too")).resolve("model.json");
    String text = Files.readString(folder.resolve("run/model.json"));
    String column = "images_generated_monthly";
    Files.writeString(named, text.replace(HOSTILE + column, column));
    Run run = hostile(next, "segment", spec, "--previousModel=" + named, "--output=" + next);
    assertEquals(ExitCode.DONE, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("was N [31m"), run.errors());
  }

  @Test
  void aFolderOfAnotherSegmentationIsNamedPlain() {
    Run run = hostile(folder, "segment", "--output=" + folder.resolve("run"));
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(run.errors().contains("--overwrite"), run.errors());
  }
}
