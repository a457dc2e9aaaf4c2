package personas.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;
import personas.math.SplitMix64;
import personas.run.RunOutcome;

/** Sends SIGTERM and SIGKILL to a separate process in the middle of a run. */
class CancelIT {
  /** Passes that a job in the middle of its iterations has finished. */
  private static final int PASSES = 2;

  private static final long KILL_SEED = 20;

  @TempDir Path folder;

  private Process start(Path output) throws IOException {
    Path input = folder.resolve("users.csv");
    if (!Files.exists(input)) {
      Files.write(input, Run.simulated(400_000, 5));
    }
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            "target/beam-personas.jar:target/lib/*",
            "personas.cli.Main",
            "segment",
            "--runner=DirectRunner",
            "--spec=src/test/resources/specs/seven-of-three.yaml",
            "--tolerance=0",
            "--rangeMegabytes=1",
            "--overwrite",
            "--input=" + input,
            "--output=" + output)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(Folder.PUBLICATION_PREFIX))
          .sorted()
          .toList();
    }
  }

  @Test
  void aTerminatedRunRemovesItsStagingAndSaysSo() throws IOException, InterruptedException {
    Path output = folder.resolve("out");
    Process process = start(output);
    TestFiles.awaitPasses(process, output, PASSES);
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    String log = Files.readString(folder.resolve("log"));
    assertEquals(143, process.exitValue(), log);
    assertTrue(log.contains("canceled; staging is removed"), log);
    assertEquals(List.of(), names(output), log);
  }

  @Test
  void aTerminatedDataflowRunCancelsItsJob() throws IOException, InterruptedException {
    Path output = folder.resolve("out");
    Path jar = Files.writeString(folder.resolve("program.jar"), "stands for the bundled jar");
    Path input = Files.write(folder.resolve("users.csv"), Run.simulated(50, 1));
    try (FakeGoogleCloud cloud = new FakeGoogleCloud("JOB_STATE_RUNNING")) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  "target/beam-personas.jar:target/lib/*",
                  "personas.cli.Main",
                  "segment",
                  "--spec=" + Run.SAMPLE_SPEC,
                  "--filesToStage=" + jar,
                  "--input=" + input,
                  "--output=" + output));
      command.addAll(cloud.dataflowFlags());
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      while (process.isAlive() && cloud.jobs().isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      String log = Files.readString(folder.resolve("log"));
      assertEquals(List.of("JOB_STATE_CANCELLED"), cloud.requestedStates(), log);
      assertTrue(log.contains("canceled; staging is removed"), log);
    }
  }

  @Test
  void aKilledRunLeavesEarlierResultsAndTheNextOneSucceeds()
      throws IOException, InterruptedException {
    Path output = folder.resolve("out");
    Run earlier = Run.segment(output).succeeded();
    String model = earlier.modelText();
    Process process = start(output);
    TestFiles.awaitPasses(process, output, PASSES);
    process.destroyForcibly();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(model, earlier.modelText());
    assertEquals(100, earlier.rows("assignments").size());
    assertEquals(model, Run.segment(output).succeeded().modelText());
    assertTrue(
        names(output).stream().noneMatch(name -> name.startsWith(".")), names(output).toString());
  }

  /**
   * SIGKILL at any moment, from the start of the process to the move of the results: the run after
   * it gives what an undisturbed one gives, and nothing of the killed one is left.
   */
  @Test
  void twentyKilledRunsAndTheRunAfterEach() throws IOException, InterruptedException {
    Path input = Files.write(folder.resolve("few.csv"), Run.simulated(20_000, 6));
    Path output = folder.resolve("out");
    String[] flags = {
      "--runner=DirectRunner", "--rangeMegabytes=1", "--spec=" + Run.SAMPLE_SPEC, "--input=" + input
    };
    long before = System.nanoTime();
    Process whole = start(output, flags);
    assertTrue(whole.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, whole.exitValue(), Files.readString(folder.resolve("log")));
    long duration = System.nanoTime() - before;
    Map<String, String> undisturbed = contents(output);
    SplitMix64 random = new SplitMix64(KILL_SEED);
    for (int i = 0; i < 20; i++) {
      Process process = start(output, flags);
      boolean ended =
          process.waitFor((long) (random.nextDouble() * duration), TimeUnit.NANOSECONDS);
      process.destroyForcibly().waitFor();
      String what = "seed " + KILL_SEED + ", run " + i + (ended ? ", which had ended" : "");
      Set<String> left = new TreeSet<>(results(contents(output)).keySet());
      boolean saysHowItEnded = left.remove(RunOutcome.FILE);
      if (left.contains("model.json")) {
        Set<String> complete = new TreeSet<>(undisturbed.keySet());
        complete.remove(RunOutcome.FILE);
        assertEquals(complete, left, what);
      } else {
        assertFalse(saysHowItEnded, what);
      }
      Run.segment(output, flags).succeeded();
      assertEquals(undisturbed, contents(output), what);
    }
  }

  private Process start(Path output, String... flags) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                "target/beam-personas.jar:target/lib/*",
                "personas.cli.Main",
                "segment",
                "--output=" + output));
    command.addAll(List.of(flags));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** Name → bytes of all that is in a folder, with an empty text for a folder in it. */
  private static Map<String, String> contents(Path output) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (var files = Files.list(output)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(Folder.PUBLICATION_PREFIX)) {
          continue; // The marker names the run, which is another one each time.
        }
        contents.put(
            file.getFileName().toString(),
            Files.isDirectory(file)
                ? ""
                : Run.withoutSeconds(
                    file.getFileName().toString(), Files.readString(file, ISO_8859_1)));
      }
    }
    return contents;
  }

  private static Map<String, String> results(Map<String, String> contents) {
    contents.keySet().removeIf(name -> name.startsWith("."));
    return contents;
  }
}
