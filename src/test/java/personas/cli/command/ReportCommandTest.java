package personas.cli.command;

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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.Run;
import personas.cli.console.RunSummary;
import personas.cli.exit.ExitCode;
import personas.report.ReportFiles;

/** Runs {@code report} on a finished run, and checks the report of a run. */
class ReportCommandTest {
  @TempDir Path folder;

  private Run segment(String... flags) {
    return Run.segment(folder.resolve("out"), flags).succeeded();
  }

  private Run report(String... flags) {
    String[] args = new String[flags.length + 2];
    args[0] = "report";
    args[1] = "--quiet";
    System.arraycopy(flags, 0, args, 2, flags.length);
    return Run.command(folder.resolve("out"), args);
  }

  @Test
  void drawsTheSameBytesAgain() throws IOException {
    Run run = segment("--dataDate=2026-10-31");
    String before = run.reportBytes();
    assertTrue(before.contains("\"dataDate\":\"2026-10-31\""));
    for (ReportFiles file : ReportFiles.values()) {
      if (file != ReportFiles.JSON) {
        Files.delete(folder.resolve("out").resolve(file.fileName()));
      }
    }
    report("--model=" + folder.resolve("out/model.json")).succeeded();
    assertEquals(before, run.reportBytes());
    Path other = folder.resolve("other");
    report("--model=" + folder.resolve("out/model.json"), "--output=" + other + "/").succeeded();
    assertEquals(before, new Run(0, "", other).reportBytes());
  }

  @Test
  void saysWhatItNeeds() throws IOException {
    assertEquals(
        new Run(
            2, "--model: missing; name the model.json of a finished run\n", folder.resolve("out")),
        report());
    Run nowhere = report("--model=" + folder.resolve("nowhere/model.json"));
    assertEquals(2, nowhere.exitCode());
    assertTrue(nowhere.errors().contains("nowhere/model.json"), nowhere.errors());
    segment();
    Files.delete(folder.resolve("out/report.json"));
    Run alone = report("--model=" + folder.resolve("out/model.json"));
    assertEquals(2, alone.exitCode());
    assertTrue(alone.errors().contains("report.json"), alone.errors());
  }

  @Test
  void refusesTheReportOfAnotherRun() throws IOException {
    segment();
    Path model = folder.resolve("out/model.json");
    Files.writeString(model, Files.readString(model).replace("Marketing Agencies", "Agencies"));
    Run run = report("--model=" + model);
    assertEquals(2, run.exitCode());
    assertTrue(run.errors().contains("the report belongs to another run"), run.errors());
  }

  /** Any file of the run that cannot be used is a mistake of usage that names the file. */
  @Test
  void aDamagedFileIsAMistakeOfUsage() throws IOException {
    segment();
    for (String name : List.of("model.json", "report.json", "ledger.csv")) {
      Path file = folder.resolve("out").resolve(name);
      String whole = Files.readString(file);
      for (String damaged : List.of("", "{}", "null", "[]", whole.substring(0, 40), "\u0000")) {
        Files.writeString(file, damaged);
        Run run = report("--model=" + folder.resolve("out/model.json"));
        assertEquals(2, run.exitCode(), name + " holding " + damaged + ": " + run.errors());
        assertTrue(run.errors().startsWith("--model: "), run.errors());
        assertTrue(run.errors().contains(name), run.errors());
      }
      Files.writeString(file, whole);
    }
  }

  /** The summary shows the ledger of the run and the files of the folder that was written. */
  @Test
  void anotherFolderGetsTheReportAndTheSummaryShowsIt() throws Exception {
    List<String> lines = Run.simulated(60, 3);
    for (int part = 0; part < 2; part++) {
      StringBuilder text = new StringBuilder(lines.get(0) + "\n");
      lines.subList(1 + 30 * part, 31 + 30 * part).forEach(line -> text.append(line).append('\n'));
      write("parts", part + ".csv", text);
    }
    segment(input("parts"));
    Path other = folder.resolve("new/other");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    String[] flags = {"--model=" + folder.resolve("out/model.json"), "--output=" + other};
    int exitCode = ReportCommand.run(flags, new PrintStream(printed, true, UTF_8));
    String text = printed.toString(UTF_8);
    assertEquals(ExitCode.DONE, exitCode, text);
    assertTrue(text.contains("parts/0.csv: read 30 = assigned 30"), text);
    assertTrue(text.contains(other + "/report.html"), text);
    assertFalse(text.contains("assignments"), text);
  }

  /** A model and its report that were copied without the other files are enough. */
  @Test
  void theLedgerMayBeAbsent() throws Exception {
    segment();
    Files.delete(folder.resolve("out/ledger.csv"));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertEquals(
        ExitCode.DONE,
        ReportCommand.run(
            new String[] {"--model=" + folder.resolve("out/model.json")},
            new PrintStream(printed, true, UTF_8)));
  }

  /** A link under the name of a result is replaced; what it names stays as it is. */
  @Test
  void doesNotFollowLinks() throws IOException {
    segment();
    Path other = Files.createDirectory(folder.resolve("other"));
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    Path absent = folder.resolve("absent");
    for (ReportFiles file : ReportFiles.values()) {
      Files.createSymbolicLink(
          other.resolve(file.fileName()), file == ReportFiles.PNG ? absent : precious);
    }
    report("--model=" + folder.resolve("out/model.json"), "--output=" + other).succeeded();
    assertEquals("mine", Files.readString(precious));
    assertFalse(Files.exists(absent));
    Run drawn = new Run(0, "", other);
    assertEquals(new Run(0, "", folder.resolve("out")).reportBytes(), drawn.reportBytes());
    assertEquals(List.of("customer_clusters.png", "report.html", "report.json"), drawn.names());
    for (ReportFiles file : ReportFiles.values()) {
      assertFalse(Files.isSymbolicLink(other.resolve(file.fileName())), file.fileName());
    }
  }

  /** {@code compare} writes its file in the same way. */
  @Test
  void compareWritesThroughNoLink() throws IOException {
    segment();
    Path other = Files.createDirectory(folder.resolve("other"));
    Path precious = Files.writeString(folder.resolve("precious"), "mine");
    Files.createSymbolicLink(other.resolve("drift.json"), precious);
    Path out = folder.resolve("out");
    Run.command(other, "compare", "--quiet", "--from=" + out, "--to=" + out, "--output=" + other)
        .succeeded();
    assertEquals("mine", Files.readString(precious));
    assertEquals(100, new Run(0, "", other).drift().usersNow());
  }

  @Test
  void aDateIsADate() {
    Run run = Run.segment(folder.resolve("out"), "--dataDate=31.10.2026");
    assertEquals(2, run.exitCode());
    assertEquals("--dataDate: '31.10.2026' is not a date like 2026-10-31\n", run.errors());
  }

  /** However the table is cut into files: the places of rejected records are not in the report. */
  @Test
  void rejectedRecordsDoNotMakeTheReportDependOnTheFiles() throws IOException {
    List<String> lines = Run.simulated(400, 3);
    StringBuilder one = new StringBuilder(lines.get(0) + "\n");
    StringBuilder two = new StringBuilder(lines.get(0) + "\n");
    for (int i = 1; i < lines.size(); i++) {
      String line = i % 25 == 0 ? "user-" + i + ",many,1,2,3,4,5" : lines.get(i);
      one.append(line).append('\n');
      if (i == 150) {
        write("two", "a.csv", two);
        two = new StringBuilder(lines.get(0) + "\n");
      }
      two.append(line).append('\n');
    }
    write("two", "b.csv", two);
    write("one", "all.csv", one);
    String whole = Run.segment(folder.resolve("x"), input("one")).succeeded().reportBytes();
    assertTrue(whole.contains("\"rejected\":16"), whole.substring(0, 1500));
    assertFalse(whole.contains("all.csv"));
    assertEquals(whole, Run.segment(folder.resolve("y"), input("two")).succeeded().reportBytes());
  }

  private void write(String name, String file, CharSequence text) throws IOException {
    Files.writeString(Files.createDirectories(folder.resolve(name)).resolve(file), text);
  }

  private String input(String name) {
    return "--input=" + folder.resolve(name) + "/*.csv";
  }

  @Test
  void colourIsForTerminalsThatWantIt() {
    assertTrue(RunSummary.useColor(true, Map.of("TERM", "xterm")));
    assertTrue(RunSummary.useColor(true, Map.of("NO_COLOR", "")));
    assertFalse(RunSummary.useColor(false, Map.of("TERM", "xterm")));
    assertFalse(RunSummary.useColor(true, Map.of("TERM", "dumb")));
    assertFalse(RunSummary.useColor(true, Map.of("NO_COLOR", "1")));
  }
}
