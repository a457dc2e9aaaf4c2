package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.cli.exit.ExitCode;

/**
 * Checks failures of the storage: the run ends with exit code 1 and names the path, and the next
 * run succeeds.
 */
class StorageFailuresTest {
  private static final String[] MANY_PASSES = {
    "--spec=src/test/resources/specs/seven-of-three.yaml",
    "--tolerance=0",
    "--maxIterations=60",
    "--iterationsPerJob=2",
    "--rangeMegabytes=1"
  };

  @TempDir Path folder;

  private static String[] with(String... more) {
    return java.util.stream.Stream.of(MANY_PASSES, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void anOutputThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Run run = Run.segment(file.resolve("out"));
    assertEquals(ExitCode.USAGE, run.exitCode());
    assertTrue(
        run.errors().startsWith("--output: " + file + ": is a file, but the results need a folder"),
        run.errors());
    assertEquals("in the way", Files.readString(file));
  }

  @Test
  void aLostStagingFileIsNamed() throws Exception {
    Path output = folder.resolve("out");
    Run earlier = Run.segment(output).succeeded();
    String model = earlier.modelText();
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(400_000, 11));
    String[] flags = with("--input=" + input, "--overwrite");
    CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> Run.segment(output, flags));
    while (!run.isDone() && !TestFiles.hasPassed(output, 2)) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    int lost = TestFiles.deleteBelow(output, ".shard");
    Run ended = run.get(60, TimeUnit.SECONDS);
    assertTrue(lost > 0, "shards that were there to lose");
    assertEquals(ExitCode.FAILED, ended.exitCode());
    assertTrue(ended.errors().contains(".shard"), ended.errors());
    assertEquals(model, earlier.modelText(), "earlier results");
    // Other workers were still writing when the first of them failed.
    assertTrue(
        earlier.names().stream().noneMatch(name -> name.startsWith(".staging-")),
        earlier.names().toString());
    assertEquals(model, Run.segment(output).succeeded().modelText());
  }

  /** A file system of a megabyte, where whoever runs this may mount one. */
  @Test
  void aFullDiskIsNamed() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    boolean mounted =
        command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
    if (!mounted) {
      System.err.println("SKIPPED: StorageFailuresTest.aFullDiskIsNamed: no tmpfs can be mounted");
    }
    assumeTrue(mounted, "no tmpfs can be mounted");
    try {
      Path output = disk.resolve("out");
      Run earlier = Run.segment(output).succeeded();
      String model = earlier.modelText();
      Path input = Files.write(folder.resolve("users.csv"), Run.simulated(60_000, 11));
      Run run = Run.segment(output, "--input=" + input);
      assertEquals(ExitCode.FAILED, run.exitCode());
      assertTrue(run.errors().contains(disk.toString()), run.errors());
      assertTrue(run.errors().contains("No space left on device"), run.errors());
      assertEquals(model, earlier.modelText(), "earlier results");
      assertEquals(model, Run.segment(output).succeeded().modelText());
    } finally {
      assertEquals(0, command("umount", disk.toString()));
    }
  }

  /** A file system that is mounted for reading, where whoever runs this may mount one. */
  @Test
  void aFolderThatCannotBeWrittenIsRefusedBeforeTheRun() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("read-only"));
    boolean mounted =
        command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0;
    if (!mounted) {
      System.err.println("SKIPPED: StorageFailuresTest: no tmpfs can be mounted");
    }
    assumeTrue(mounted, "no tmpfs can be mounted");
    try {
      Run earlier = Run.segment(disk).succeeded();
      List<String> names = earlier.names();
      assertEquals(0, command("mount", "-o", "remount,ro", disk.toString()));
      Run run = Run.segment(disk);
      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(
          run.errors().startsWith("--output: " + disk + ": this account may not write"),
          run.errors());
      assertEquals(names, earlier.names());
    } finally {
      assertEquals(0, command("umount", disk.toString()));
    }
  }

  /** A run may replace a link in its output folder, and never writes through one. */
  @Test
  void aLinkNamedLikeAResultIsReplacedAndItsTargetStays() throws IOException {
    Path output = folder.resolve("linked");
    Run.segment(output).succeeded();
    Path target = Files.writeString(folder.resolve("target"), "of somebody else");
    for (String name : List.of("report.html", "assignments-00005.csv", "model.json")) {
      Files.deleteIfExists(output.resolve(name));
      Files.createSymbolicLink(output.resolve(name), target);
    }
    Run run = Run.segment(output).succeeded();
    assertEquals("of somebody else", Files.readString(target));
    for (String name : run.names()) {
      assertTrue(Files.isRegularFile(output.resolve(name), LinkOption.NOFOLLOW_LINKS), name);
    }
  }

  /** A run on another machine, or before the machine was started again, may be alive. */
  @Test
  void aFolderThatAnotherRunPublishesToIsRefusedUntilItsPublishFolderIsDeleted()
      throws IOException {
    Path output = folder.resolve("locked");
    Run earlier = Run.segment(output).succeeded();
    String model = earlier.modelText();
    String owner = ".staging-unknown-77-abcdef012345";
    Path publish = Files.createDirectories(output.resolve(".staging-" + owner));
    Files.writeString(output.resolve(".publication-2"), "PUBLISHING " + owner + " one\n");
    List<String> names = earlier.names();
    Run refused = Run.segment(output);
    assertEquals(ExitCode.FAILED, refused.exitCode());
    for (String part :
        List.of(".publication-2 belongs to the run " + owner, "delete ", publish.toString())) {
      assertTrue(refused.errors().contains(part), refused.errors());
    }
    assertEquals(names, earlier.names());
    assertEquals(model, earlier.modelText());
    Files.delete(publish);
    assertEquals(model, Run.segment(output).succeeded().modelText());
    assertTrue(Files.exists(output.resolve(".publication-3")));
  }

  private static int command(String... words) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor();
    } catch (IOException notInstalled) {
      return -1;
    }
  }
}
