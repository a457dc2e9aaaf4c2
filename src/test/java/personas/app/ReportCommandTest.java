package personas.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.report.ReportFiles;

/** {@code report} on a finished run, and what a run puts into its report. */
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
        new Run(2, "--model: missing; the model.json of a finished run\n", folder.resolve("out")),
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
    assertEquals(1, run.exitCode());
    assertTrue(run.errors().contains("is the report of another run"), run.errors());
  }

  @Test
  void aDateIsADate() {
    Run run = Run.segment(folder.resolve("out"), "--dataDate=31.10.2026");
    assertEquals(2, run.exitCode());
    assertEquals("--dataDate: '31.10.2026' is no date like 2026-10-31\n", run.errors());
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
    assertTrue(Summary.isColour(true, Map.of("TERM", "xterm")));
    assertTrue(Summary.isColour(true, Map.of("NO_COLOR", "")));
    assertFalse(Summary.isColour(false, Map.of("TERM", "xterm")));
    assertFalse(Summary.isColour(true, Map.of("TERM", "dumb")));
    assertFalse(Summary.isColour(true, Map.of("NO_COLOR", "1")));
  }
}
