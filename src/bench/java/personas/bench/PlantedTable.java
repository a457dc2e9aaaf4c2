package personas.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes a CSV file of users in normally distributed clusters. The centers are on a square grid ten standard deviations apart, or at random in a cube. Users are written one by one, so any number of users is possible.
 *
 * <p>Arguments: users, features, clusters, {@code grid} or {@code cube}, and the file.
 */
final class PlantedTable {
  private static final double APART = 10;

  private PlantedTable() {}

  public static void main(String[] args) throws IOException {
    int users = Integer.parseInt(args[0]);
    int features = Integer.parseInt(args[1]);
    int clusters = Integer.parseInt(args[2]);
    SplittableRandom random = new SplittableRandom(1);
    double[][] centers = centers(args[3].equals("grid"), features, clusters, random);
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

  private static double[][] centers(
      boolean grid, int features, int clusters, SplittableRandom random) {
    int side = (int) Math.ceil(Math.sqrt(clusters));
    double length = 2 * APART * Math.pow(clusters, 1.0 / features);
    double[][] centers = new double[clusters][features];
    for (int j = 0; j < clusters; j++) {
      for (int f = 0; f < features; f++) {
        int place = f % 2 == 0 ? j % side : j / side;
        centers[j][f] = grid ? APART * place : length * random.nextDouble();
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
