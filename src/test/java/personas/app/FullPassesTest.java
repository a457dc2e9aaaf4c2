package personas.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.kmeans.Status;
import personas.model.Model;

/** How often all users are gone through where they are more than the sample that seeds. */
class FullPassesTest {
  private static final long SEED = 9;
  private static final int USERS = 80_000;
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
        int centre = 8 * (f < 3 ? (cluster >> f) & 1 : cluster % 3);
        line.append(',').append(Math.round(1000 * (centre + random.nextGaussian())) / 1000.0);
      }
      lines.add(line.toString());
    }
    return Files.write(folder.resolve("users.csv"), lines);
  }

  @Test
  void wellSeparatedUsersTakeFiveAtMost() throws IOException {
    Path spec =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: separated
            input: {id: id}
            features: [{name: a}, {name: b}, {name: c}, {name: d}]
            clustering: {k: 6}
            """);
    Model model =
        Run.segment(folder.resolve("out"), "--spec=" + spec, "--input=" + table())
            .succeeded()
            .model();
    System.out.println("full passes over well separated users: " + model.iterations());
    assertEquals(Status.CONVERGED, model.status());
    assertTrue(model.iterations() <= 5, "passes: " + model.iterations());
    model.clusters().forEach(c -> assertEquals(1.0 / CLUSTERS, c.share(), 0.01, "seed " + SEED));
  }
}
