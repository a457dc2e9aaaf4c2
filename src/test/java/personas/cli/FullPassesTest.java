package personas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;

/** Counts the passes over all users if there are more users than the sample holds. */
class FullPassesTest {
  private static final long SEED = 9;
  private static final int USERS = 150_000;
  private static final int CLUSTERS = 6;

  @TempDir Path folder;

  /** Six heaps, at least eight deviations apart; every feature tells some of them apart. */
  private Path table() throws IOException {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>(List.of("id,a,b,c,d"));
    for (int i = 0; i < USERS; i++) {
      int cluster = random.nextInt(CLUSTERS);
      StringBuilder line = new StringBuilder("u").append(i);
      for (int f = 0; f < 4; f++) {
        int center = 8 * (f < 3 ? (cluster >> f) & 1 : cluster % 3);
        line.append(',').append(Math.round(1000 * (center + random.nextGaussian())) / 1000.0);
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("users.csv"), lines);
  }

  private Path spec() throws IOException {
    return Files.writeString(
        folder.resolve("spec.yaml"),
        """
        name: separated
        input: {id: id}
        features: [{name: a}, {name: b}, {name: c}, {name: d}]
        clustering: {k: 6}
        """);
  }

  @Test
  void wellSeparatedUsersTakeFiveAtMost() throws IOException {
    Model model =
        Run.segment(folder.resolve("out"), "--spec=" + spec(), "--input=" + table())
            .succeeded()
            .model();
    System.out.println("full passes over well separated users: " + model.iterations());
    assertEquals(ConvergenceStatus.CONVERGED, model.status());
    assertTrue(model.iterations() <= 5, "passes: " + model.iterations());
    model.clusters().forEach(c -> assertEquals(1.0 / CLUSTERS, c.share(), 0.01, "seed " + SEED));
  }

  /** Eight passes are unrolled; those after the last read nothing. */
  @Test
  void aPassReadsEachShardOnceAndTheLastPassIsTheLastRead() throws IOException {
    Path table = table();
    long shards = (Files.size(table) + (1 << 20) - 1) >> 20;
    assertTrue(shards > 1, "shards: " + shards);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    Run run;
    try {
      run =
          Run.command(
              folder.resolve("out"),
              "segment",
              "--spec=" + spec(),
              "--input=" + table,
              "--output=" + folder.resolve("out"),
              "--verbose",
              "--rangeMegabytes=1");
    } finally {
      System.setOut(before);
    }
    int passes = run.succeeded().model().iterations();
    assertTrue(passes < 8, "passes: " + passes);
    String expected =
        passes
            + (passes == 1 ? " full pass" : " full passes")
            + "; shards: "
            + passes * shards
            + " from memory, 0 read from staging; distances: ";
    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    String line = lines.get(lines.size() - 1);
    assertTrue(line.startsWith(expected), line);
  }
}
