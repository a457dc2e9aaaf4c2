package personas.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes a CSV file of normal clusters: the centers on a square grid, ten standard deviations
 * apart, or at random in a cube. Any number of users fits in memory.
 *
 * <p>Arguments: users, features, clusters, {@code grid} or {@code cube}, the file, and if it is not
 * ten the distance of neighbors on the grid in standard deviations.
 */
final class PlantedTable {
  private PlantedTable() {}

  public static void main(String[] args) throws IOException {
    int users = Integer.parseInt(args[0]);
    int features = Integer.parseInt(args[1]);
    int clusters = Integer.parseInt(args[2]);
    SplittableRandom random = new SplittableRandom(1);
    double apart = args.length > 5 ? Double.parseDouble(args[5]) : 10;
    double[][] centers =
        args[3].equals("grid")
            ? grid(features, clusters, apart)
            : cube(features, clusters, apart, random);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(Path.of(args[4])), 1 << 20)) {
      StringBuilder line = new StringBuilder("user_id");
      for (int f = 0; f < features; f++) {
        line.append(",x").append(f);
      }
      write(line, out);
      for (int i = 0; i < users; i++) {
        line.append('u').append(i);
        double[] center = centers[random.nextInt(clusters)];
        for (int f = 0; f < features; f++) {
          long thousandths = Math.round(1000 * (center[f] + normal(random)));
          line.append(',').append(thousandths / 1000.0);
        }
        write(line, out);
      }
    }
  }

  private static double[][] grid(int features, int clusters, double apart) {
    int side = (int) Math.ceil(Math.sqrt(clusters));
    double[][] centers = new double[clusters][features];
    for (int j = 0; j < clusters; j++) {
      for (int f = 0; f < features; f++) {
        centers[j][f] = apart * (f % 2 == 0 ? j % side : j / side);
      }
    }
    return centers;
  }

  private static double[][] cube(
      int features, int clusters, double apart, SplittableRandom random) {
    double length = 2 * apart * Math.pow(clusters, 1.0 / features);
    double[][] centers = new double[clusters][features];
    for (double[] center : centers) {
      for (int f = 0; f < features; f++) {
        center[f] = length * random.nextDouble();
      }
    }
    return centers;
  }

  /** Returns a sum of twelve uniform numbers, which is close to normal and fast. */
  private static double normal(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private static void write(StringBuilder line, OutputStream out) throws IOException {
    out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    line.setLength(0);
  }
}
