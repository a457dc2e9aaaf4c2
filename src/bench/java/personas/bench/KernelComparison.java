package personas.bench;

import personas.kmeans.BoundedKernel;
import personas.kmeans.Centroids;
import personas.kmeans.KnownAssignment;
import personas.kmeans.PassSums;
import personas.kmeans.PointBlocks;
import elki.clustering.kmeans.LloydKMeans;
import elki.clustering.kmeans.initialization.Predefined;
import elki.data.DoubleVector;
import elki.data.type.TypeUtil;
import elki.database.Database;
import elki.database.StaticArrayDatabase;
import elki.database.relation.Relation;
import elki.datasource.ArrayAdapterDatabaseConnection;
import elki.distance.minkowski.SquaredEuclideanDistance;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.JDKRandomGenerator;
import smile.clustering.KMeans;
import smile.math.MathEx;

/**
 * Compares the time of one Lloyd iteration with other libraries on the same points. The other libraries do not offer a single iteration, so each runs with few and with many iterations. The difference is the time of the iterations without seeding, set-up and result. Times are processor times of one thread; the contestants take turns.
 *
 * <p>Start it with {@code -Djava.util.concurrent.ForkJoinPool.common.parallelism=0}. Otherwise Smile uses all cores.
 */
public final class KernelComparison {
  private static final int POINTS = 1 << 17;
  private static final int FEW = 1;
  private static final int MANY = 6;

  private KernelComparison() {}

  /** Arguments: k, d, rounds. Prints one line of a Markdown table. */
  public static void main(String[] args) {
    int k = Integer.parseInt(args[0]);
    int d = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    double[][] columns = BenchData.columns(POINTS, d);
    double[][] rows = new double[POINTS][d];
    for (int i = 0; i < POINTS; i++) {
      for (int f = 0; f < d; f++) {
        rows[i][f] = columns[f][i];
      }
    }
    Map<String, IntConsumer> contestants = new LinkedHashMap<>();
    contestants.put("ours", ours(columns, k));
    contestants.put("ELKI", elki(rows, columns, k));
    contestants.put("Smile", smile(rows, k));
    contestants.put("Commons Math", commonsMath(rows, k));
    Map<String, double[]> nanos = new LinkedHashMap<>();
    contestants.keySet().forEach(name -> nanos.put(name, new double[rounds]));
    for (int round = -4; round < rounds; round++) {
      for (Map.Entry<String, IntConsumer> contestant : contestants.entrySet()) {
        double measured = iteration(contestant.getValue());
        if (round >= 0) {
          nanos.get(contestant.getKey())[round] = measured;
        }
      }
    }
    print(k, d, nanos);
  }

  private static void print(int k, int d, Map<String, double[]> nanos) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %d, %d |", k, d));
    double ours = median(nanos.get("ours"));
    nanos.forEach(
        (name, times) -> {
          line.append(String.format(Locale.ROOT, " %.1f |", median(times)));
          if (!name.equals("ours")) {
            line.append(String.format(Locale.ROOT, " %.1f× |", median(times) / ours));
          }
        });
    System.out.println(line);
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Returns the nanoseconds per point of one iteration. */
  private static double iteration(IntConsumer contestant) {
    return (time(contestant, MANY) - time(contestant, FEW)) / (double) (MANY - FEW) / POINTS;
  }

  private static long time(IntConsumer contestant, int iterations) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    contestant.accept(iterations);
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
  }

  private static IntConsumer ours(double[][] columns, int k) {
    return iterations -> {
      Centroids centroids = BenchData.firstPoints(columns, k);
      KnownAssignment known = new KnownAssignment(POINTS, k);
      PointBlocks points = PointBlocks.of(columns);
      for (int i = 0; i < iterations; i++) {
        PassSums sums = new PassSums(k, columns.length);
        sums.addShard(points, null, new BoundedKernel(centroids), known);
        centroids = sums.means(centroids);
      }
    };
  }

  private static IntConsumer elki(double[][] rows, double[][] columns, int k) {
    Database database = new StaticArrayDatabase(new ArrayAdapterDatabaseConnection(rows));
    database.initialize();
    Relation<DoubleVector> relation = database.getRelation(TypeUtil.DOUBLE_VECTOR_FIELD);
    double[][] start = BenchData.firstPoints(columns, k).toRows();
    return iterations ->
        new LloydKMeans<DoubleVector>(
                SquaredEuclideanDistance.STATIC, k, iterations, new Predefined(start))
            .run(relation);
  }

  private static IntConsumer smile(double[][] rows, int k) {
    return iterations -> {
      MathEx.setSeed(42);
      KMeans.lloyd(rows, k, iterations, 0);
    };
  }

  private static IntConsumer commonsMath(double[][] rows, int k) {
    List<DoublePoint> points = Arrays.stream(rows).map(DoublePoint::new).toList();
    return iterations -> {
      JDKRandomGenerator random = new JDKRandomGenerator();
      random.setSeed(42);
      new KMeansPlusPlusClusterer<DoublePoint>(k, iterations, new EuclideanDistance(), random)
          .cluster(points);
    };
  }
}
