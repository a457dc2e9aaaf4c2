package personas.cli.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.Run;
import personas.cli.exit.ExitCode;

class InputFileChecksTest {
  private static final Path SAMPLE = Path.of("data/customer_segmentation_data.csv");

  @TempDir Path folder;

  private static void assertRefused(Run run, String why) {
    assertEquals(ExitCode.USAGE, run.exitCode(), run.errors());
    assertTrue(run.errors().contains(why), run.errors());
    assertEquals(1, run.errors().lines().count(), run.errors());
  }

  @Test
  void inputThatTheRunWouldReplaceIsRefusedAndStays() throws IOException {
    Path output = Files.createDirectories(folder.resolve("out"));
    Path input = Files.copy(SAMPLE, output.resolve("assignments-00000.csv"));
    String why = "the run would replace its input assignments-00000.csv";
    assertRefused(Run.segment(output, "--input=" + input), why);
    Path link = Files.createSymbolicLink(folder.resolve("link"), output);
    assertRefused(Run.segment(link, "--input=" + output.resolve("assignments-*.csv")), why);
    assertRefused(Run.segment(output, "--input=" + link.resolve("../link/assignments-*")), why);
    assertEquals(-1, Files.mismatch(SAMPLE, input));
    Run other = Run.segment(folder.resolve("other"), "--input=" + input).succeeded();
    String model = "--model=" + other.output().resolve("model.json");
    assertRefused(
        Run.command(output, "score", "--quiet", model, "--input=" + input, "--output=" + output),
        why);
    assertEquals(-1, Files.mismatch(SAMPLE, input));
  }

  @Test
  void keepsAnInputInTheOutputFolder() throws IOException {
    Path output = Files.createDirectories(folder.resolve("out"));
    Path input = Files.copy(SAMPLE, output.resolve("users.csv"));
    Run.segment(output, "--input=" + input).succeeded();
    assertEquals(-1, Files.mismatch(SAMPLE, input));
  }

  /** A pattern that finds the output folder finds neither staging nor what a run left there. */
  @Test
  void aPatternAroundTheOutputFolderReadsItsInputOnly() throws IOException {
    Path input = Files.copy(SAMPLE, Files.createDirectories(folder.resolve("data/a")).resolve("u"));
    Path output = folder.resolve("data/out");
    Path leftover = Files.createDirectories(output.resolve(".staging-killed/shards"));
    Files.writeString(leftover.resolve("one.shard"), "not a table");
    Files.writeString(output.resolve(".publication-1"), "WITHDRAWN other attempt\n");
    String pattern = "--input=" + folder + "/data/**";
    Run run = Run.segment(output, pattern).succeeded();
    assertEquals(Files.readAllLines(input).size() - 1, run.rows("assignments").size());
    assertRefused(Run.segment(output, pattern), "the run would replace its input");
  }

  @Test
  void aFolderNamedLikeAResultIsRefusedBeforeTheRun() throws IOException {
    Path output = Files.createDirectories(folder.resolve("out"));
    Path inTheWay = Files.createDirectories(output.resolve("report.html"));
    assertRefused(Run.segment(output), "--output: " + inTheWay + ": is a folder, but a result");
  }

  @Test
  @Timeout(60)
  void aPipeIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
    Path pipe = folder.resolve("users.csv");
    Process make = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(make.waitFor(10, TimeUnit.SECONDS) && make.exitValue() == 0, "no mkfifo");
    assertRefused(
        Run.segment(folder.resolve("out"), "--input=" + pipe), "users.csv: is not a regular file");
  }

  @Test
  void namesAFileThatIsNotAModel() throws IOException {
    Path none = Files.writeString(folder.resolve("none.json"), "Obj, no JSON");
    String why = "none.json: is not a model: ";
    assertRefused(
        Run.command(folder, "score", "--input=" + SAMPLE, "--model=" + none), "--model: " + folder);
    assertRefused(Run.command(folder, "score", "--input=" + SAMPLE, "--model=" + none), why);
    assertRefused(Run.segment(folder.resolve("out"), "--previousModel=" + none), why);
    Files.move(none, folder.resolve("model.json"));
    assertRefused(
        Run.command(folder, "compare", "--from=" + folder, "--to=" + folder),
        "--from: " + folder + "/model.json: is not a model: ");
  }

  @Test
  void aFolderIsNotAMissingFile() {
    String why = ": " + folder + ": is a folder";
    assertRefused(Run.segment(folder.resolve("out"), "--spec=" + folder), "--spec" + why);
    assertRefused(
        Run.command(folder, "score", "--input=" + SAMPLE, "--model=" + folder), "--model" + why);
  }

  /** Root may read everything, so it sees nothing of this. */
  @Test
  void anUnreadableFileIsNotAMissingFile() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path spec = Files.writeString(closed.resolve("spec.yaml"), "name: x");
    Files.setPosixFilePermissions(spec, Set.of());
    String file = InputFileChecks.reasonUnreadable(spec.toString());
    Files.setPosixFilePermissions(closed, Set.of());
    String pattern = InputFileChecks.reasonUnreadable(closed + "/*.csv");
    boolean root = Files.isReadable(closed);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    assertEquals("cannot be read: permission denied", file);
    assertEquals(root ? "no such file" : "its folder cannot be read: permission denied", pattern);
    assertEquals("no such file", InputFileChecks.reasonUnreadable(folder + "/none/*.csv"));
    assertEquals("no such file", InputFileChecks.reasonUnreadable("gs://bucket/none"));
  }

  @Test
  void namesThePathOfAFileThatIsNotATable() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.parquet"), "");
    Run run = Run.segment(folder.resolve("out"), "--input=" + empty);
    assertEquals(ExitCode.DATA_REFUSED, run.exitCode());
    assertEquals(
        empty + ": is not a Parquet file: it is not a Parquet file (length is too low: 0)\n",
        run.errors());
  }
}
