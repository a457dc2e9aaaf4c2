package personas.kmeans.seeding;

import java.util.Arrays;
import personas.kmeans.Centroids;
import personas.math.Grid;
import personas.math.SplitMix64;

/**
 * Normal clusters whose true centers are known, for tests and benchmarks of seeding. Every draw
 * comes from the seed.
 *
 * @param layout arrangement of the centers
 * @param users number of users
 * @param features number of features, 2..30
 * @param clusters number of clusters, 2..256
 * @param apart distance of neighboring centers in standard deviations of a cluster: at 10 clusters
 *     are separable, at 5 the overlap is moderate, at 3 it is heavy
 * @param ratio users of the largest cluster for each user of the smallest
 */
public record PlantedClusters(
    Layout layout, int users, int features, int clusters, double apart, double ratio) {

  /** Where the centers lie. */
  public enum Layout {
    /** On a square grid in a plane: 10 × 10 for 100 clusters. */
    GRID,
    /** Along one sine curve. */
    CURVE,
    /** Uniform in a cube, no two nearer than the distance. */
    SCATTERED
  }

  /** The drawn users. */
  public static final class Data {
    private final double[][] columns;
    private final Centroids centers;

    Data(double[][] columns, Centroids centers) {
      this.columns = columns;
      this.centers = centers;
    }

    /** One column per feature, standardized, on the grid. */
    public double[][] columns() {
      return columns;
    }

    /** The true centers on the same scale. */
    public Centroids centers() {
      return centers;
    }

    /** Number of users. */
    public int rows() {
      return columns[0].length;
    }

    /** The inertia of Lloyd's iteration from the true centers. */
    public double reference() {
      return new Seeding(columns, rows()).from(centers).inertia();
    }
  }

  /** Draws the users. */
  public Data draw(long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double[][] centers = centers(random);
    int[] cluster = clusters(random);
    double[][] columns = new double[features][users];
    for (int i = 0; i < users; i++) {
      for (int f = 0; f < features; f++) {
        columns[f][i] = centers[cluster[i]][f] + normal(random);
      }
    }
    return standardized(columns, centers);
  }

  private double[][] centers(SplitMix64 random) {
    return switch (layout) {
      case GRID -> grid();
      case CURVE -> curve();
      case SCATTERED -> scattered(random);
    };
  }

  /** A plane through all features, so that each feature tells clusters apart. */
  private double[][] grid() {
    int side = (int) Math.ceil(Math.sqrt(clusters));
    double step = apart * Math.sqrt(2.0 / features);
    double[][] centers = new double[clusters][features];
    for (int j = 0; j < clusters; j++) {
      for (int f = 0; f < features; f++) {
        double angle = Math.PI * f / features;
        centers[j][f] =
            step
                * (StrictMath.cos(angle) * (j % side)
                    + StrictMath.sin(angle) * Math.floorDiv(j, side));
      }
    }
    return centers;
  }

  /** Equal steps along two periods of a sine curve that is as high as it is long. */
  private double[][] curve() {
    int steps = 10_000;
    double[] length = new double[steps];
    double[] before = curvePoint(0);
    for (int i = 1; i < steps; i++) {
      double[] point = curvePoint(i / (steps - 1.0));
      length[i] = length[i - 1] + Cell.distance(before, point);
      before = point;
    }
    double step = length[steps - 1] / (clusters - 1);
    double[][] centers = new double[clusters][];
    for (int j = 0, i = 0; j < clusters; j++) {
      while (i < steps - 1 && length[i] < j * step) {
        i++;
      }
      centers[j] = curvePoint(i / (steps - 1.0));
      for (int f = 0; f < features; f++) {
        centers[j][f] *= apart / step;
      }
    }
    return centers;
  }

  /**
   * The further features are shifted sine curves. The curve begins an eighth of a period late, or
   * five clusters would lie on the axis.
   */
  private double[] curvePoint(double share) {
    double angle = 4 * Math.PI * (share + 1 / 16.0);
    double[] point = new double[features];
    point[0] = angle;
    for (int f = 1; f < features; f++) {
      point[f] = 5 * StrictMath.sin(angle + f - 1);
    }
    return point;
  }

  private double[][] scattered(SplitMix64 random) {
    double side = apart * Math.pow(clusters, 1.0 / features);
    double[][] centers = new double[clusters][features];
    for (int j = 0; j < clusters; ) {
      double[] center = new double[features];
      for (int f = 0; f < features; f++) {
        center[f] = side * random.nextDouble();
      }
      if (isApart(center, centers, j)) {
        centers[j++] = center;
      } else {
        side *= 1.002;
      }
    }
    return centers;
  }

  private boolean isApart(double[] center, double[][] others, int count) {
    for (int j = 0; j < count; j++) {
      double squared = 0;
      for (int f = 0; f < features; f++) {
        squared += (center[f] - others[j][f]) * (center[f] - others[j][f]);
      }
      if (squared < apart * apart) {
        return false;
      }
    }
    return true;
  }

  /** The cluster of each user, drawn in proportion to the sizes of the clusters. */
  private int[] clusters(SplitMix64 random) {
    double[] cumulated = new double[clusters];
    double total = 0;
    for (int j = 0; j < clusters; j++) {
      total += StrictMath.pow(ratio, ((j * 7919L) % clusters) / (clusters - 1.0));
      cumulated[j] = total;
    }
    int[] cluster = new int[users];
    for (int i = 0; i < users; i++) {
      int place = Arrays.binarySearch(cumulated, random.nextDouble() * total);
      cluster[i] = Math.min(clusters - 1, place < 0 ? -place - 1 : place);
    }
    return cluster;
  }

  /** Box and Muller's method. */
  private static double normal(SplitMix64 random) {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  private Data standardized(double[][] columns, double[][] centers) {
    double[] coordinates = new double[clusters * features];
    for (int f = 0; f < features; f++) {
      double mean = Arrays.stream(columns[f]).average().orElseThrow();
      double square = 0;
      for (double value : columns[f]) {
        square += (value - mean) * (value - mean);
      }
      double deviation = Math.sqrt(square / users);
      for (int i = 0; i < users; i++) {
        columns[f][i] = Grid.round((columns[f][i] - mean) / deviation);
      }
      for (int j = 0; j < clusters; j++) {
        coordinates[j * features + f] = (centers[j][f] - mean) / deviation;
      }
    }
    return new Data(columns, Centroids.of(clusters, features, coordinates));
  }

  /**
   * The centroid index: how many clusters the worse of two sets of centroids misses. Each centroid
   * of one set marks the nearest of the other set; those without a mark are missed.
   *
   * <p>P. Fränti, M. Rezaei and Q. Zhao, <i>Centroid index: cluster level similarity measure</i>,
   * Pattern Recognition 47, 2014.
   *
   * @return 0 if every cluster is found
   */
  public static int centroidIndex(Centroids found, Centroids truth) {
    return Math.max(missed(found, truth), missed(truth, found));
  }

  private static int missed(Centroids from, Centroids to) {
    boolean[] marked = new boolean[to.k()];
    for (int j = 0; j < from.k(); j++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int l = 0; l < to.k(); l++) {
        double squared = 0;
        for (int f = 0; f < to.d(); f++) {
          squared += Math.pow(from.at(j, f) - to.at(l, f), 2);
        }
        if (squared < least) {
          least = squared;
          nearest = l;
        }
      }
      marked[nearest] = true;
    }
    int missed = 0;
    for (boolean mark : marked) {
      missed += mark ? 0 : 1;
    }
    return missed;
  }
}
