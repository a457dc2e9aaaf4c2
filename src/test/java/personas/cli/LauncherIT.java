package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launchers as a user does. */
class LauncherIT {
  @TempDir Path folder;

  private String run(String runner, String javaOptions, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("runners/" + runner + "/run"));
    command.addAll(List.of(args));
    Path log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JAVA_OPTS", javaOptions);
    Process process = builder.start();
    assertTrue(process.waitFor(110, TimeUnit.SECONDS), "still running");
    assertEquals(0, process.exitValue(), Files.readString(log));
    return Files.readString(log);
  }

  @Test
  void segmentEndsWithTheTableTheStatusAndTheFiles() throws IOException, InterruptedException {
    for (String runner : List.of("direct", "flink")) {
      Path output = folder.resolve(runner);
      String log = run(runner, "", "segment", "--verbose", "--output=" + output);
      assertTrue(
          log.contains(
              " id  persona                     users    share   fit  silhouette  nearest\n"),
          log);
      assertTrue(
          log.contains(
              "\n  0  E-commerce Business Owners     43    43.0%  0.94        0.50        2\n"),
          log);
      assertTrue(
          log.contains("     → API documentation, SDKs, developer support; promote new API"), log);
      assertTrue(log.contains("\nconverged after 1 iteration, inertia 161.482, 67.7% of"), log);
      assertTrue(log.contains("\nread 100 = assigned 100 + rejected 0\n"), log);
      assertTrue(
          log.endsWith(
              "/run.json\n\n1 full pass; shards: 1 from memory, 0 read from staging;"
                  + " distances: 300 for 300 pairs of a user and a centroid;"
                  + " slots at the same time in one process: 1\n"),
          log);
    }
  }

  @Test
  void helpListsTheCommands() throws IOException, InterruptedException {
    String log = run("direct", "", "help");
    assertTrue(log.contains("\n  segment ") && log.contains("Example: "), log);
  }

  /** A million users, on a heap that could not hold them as rows. */
  @Test
  void aMillionUsersOnTwoGigabytes() throws IOException, InterruptedException {
    Path users = folder.resolve("users.csv");
    run("direct", "-Xmx2g", "simulate", "--users=1000000", "--output=" + users);
    Path output = folder.resolve("million");
    String spec = "--spec=" + Run.SAMPLE_SPEC;
    run("direct", "-Xmx2g", "segment", spec, "--input=" + users, "--output=" + output);
    Run run = new Run(0, "", output);
    assertEquals(1_000_000, run.model().ledger().assigned());
    assertEquals(3, run.model().clusters().stream().filter(c -> c.declared()).count());
    long right =
        run.rows("assignments").stream()
            .map(row -> row.split(",", -1))
            .filter(fields -> fields[2].equals(fields[7]))
            .count();
    assertTrue(right >= 950_000, right + " of a million");
    // On a heap that cannot hold their numbers either: from staging, to the same bytes.
    Path small = folder.resolve("small");
    run("direct", "-Xmx96m", "segment", spec, "--input=" + users, "--output=" + small);
    assertEquals(run.modelText(), new Run(0, "", small).modelText());
    assertEquals(run.rows("assignments"), new Run(0, "", small).rows("assignments"));
  }
}
