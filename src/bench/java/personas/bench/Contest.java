package personas.bench;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import personas.kmeans.seeding.PlantedClusters.Data;

/** The inertia of our seeding against the best of some restarts of scikit-learn on the same data. */
final class Contest {
  private final int restarts;
  private final int continued;
  private int count;
  private double worst;
  private double worstOurs;
  private double seconds;

  /**
   * Prepares a contest.
   *
   * @param restarts number of restarts, with the default tolerance
   * @param continued number of the best restarts that continue until no centroid moves
   */
  Contest(int restarts, int continued) {
    this.restarts = restarts;
    this.continued = continued;
  }

  /**
   * Lets scikit-learn cluster the data.
   *
   * @param ours the inertia that we found
   * @param reference the inertia from the true centers
   */
  void add(Data data, double ours, double reference) throws IOException, InterruptedException {
    Path file = Files.createTempFile("seeding-grid", ".bin");
    try {
      write(data.columns(), file);
      String[] words = sklearn(file, data.columns().length, data.centers().k());
      double inertia = Double.parseDouble(words[0]);
      count++;
      worst = Math.max(worst, inertia / reference);
      worstOurs = Math.max(worstOurs, ours / inertia);
      seconds += Double.parseDouble(words[1]);
    } finally {
      Files.delete(file);
    }
  }

  /** Three cells of the row of a table; none if nothing was compared. */
  String cells() {
    return count == 0
        ? ""
        : String.format(Locale.ROOT, " %.7f | %.2f | %.7f |", worst, seconds / count, worstOurs);
  }

  private static void write(double[][] columns, Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (double[] column : columns) {
        for (double value : column) {
          out.writeDouble(value);
        }
      }
    }
  }

  /** The inertia and the processor seconds. */
  private String[] sklearn(Path file, int features, int clusters)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "/usr/bin/python3",
                "src/bench/sklearn_seeding.py",
                file.toString(),
                String.valueOf(features),
                String.valueOf(clusters),
                String.valueOf(restarts),
                String.valueOf(continued))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(answer, StandardCharsets.UTF_8).strip().split(" ");
  }
}
