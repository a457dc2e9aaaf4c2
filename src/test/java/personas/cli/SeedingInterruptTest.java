package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;

/** Interrupts seeding, which would take minutes. */
class SeedingInterruptTest {
  private static final int USERS = 20_000;

  @TempDir Path folder;

  /** Users without clusters: every start and every child ends somewhere else. */
  private Path users() throws IOException {
    Random random = new Random(3);
    List<String> lines = new ArrayList<>(List.of("id,a,b,c,d,e,f"));
    for (int i = 0; i < USERS; i++) {
      StringBuilder line = new StringBuilder("u").append(i);
      for (int f = 0; f < 6; f++) {
        line.append(',').append(random.nextInt(100_000));
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("users.csv"), lines);
  }

  private Path spec() throws IOException {
    return Files.writeString(
        folder.resolve("spec.yaml"),
        """
        name: uniform
        input: {id: id}
        features: [{name: a}, {name: b}, {name: c}, {name: d}, {name: e}, {name: f}]
        clustering: {k: 200, effort: thorough}
        """);
  }

  @Test
  void endsTheRunAndLeavesNothing() throws IOException, InterruptedException {
    assumeFalse(ignoresInterrupts(), "a shell that runs this in the background ignores SIGINT");
    Path output = folder.resolve("out");
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "personas.cli.Main",
                "segment",
                "--spec=" + spec(),
                "--input=" + users(),
                "--output=" + output)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!Files.readString(log).contains("seeding")) {
      assertTrue(process.isAlive(), () -> "ended before it was seeding: " + text(log));
      TimeUnit.MILLISECONDS.sleep(5);
    }
    long before = System.nanoTime();
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), () -> "still running: " + text(log));
    System.out.printf("ended %.1f s after SIGINT%n", (System.nanoTime() - before) / 1e9);
    assertEquals(130, process.exitValue(), text(log));
    assertTrue(text(log).contains("canceled; staging is removed"), text(log));
    assertEquals(List.of(), left(output), text(log));
  }

  /** Whether this process ignores SIGINT, which the processes that it starts then do, too. */
  private static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static List<String> left(Path output) throws IOException {
    if (!Files.exists(output)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(file -> !file.equals(output))
          .map(file -> output.relativize(file).toString())
          .filter(name -> !name.startsWith(Folder.PUBLICATION_PREFIX))
          .sorted()
          .toList();
    }
  }
}
