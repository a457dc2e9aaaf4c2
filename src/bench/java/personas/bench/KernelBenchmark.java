package personas.bench;

import personas.kmeans.LloydKernel;
import personas.kmeans.PassSums;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the time of one Lloyd iteration per point, and the time of the distances alone, which is a lower bound. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int POINTS = 1 << 18;

  /** The number of clusters and features, k × d. */
  @Param({"3x4", "10x8", "50x16", "100x2"})
  public String shape;

  private int k;
  private double[][] columns;
  private LloydKernel kernel;
  private int[] assignment;
  private int[] nearest;
  private double[] best;
  private double[][] distances;

  @Setup
  public void setUp() {
    String[] sizes = shape.split("x", -1);
    k = Integer.parseInt(sizes[0]);
    columns = BenchData.columns(POINTS, Integer.parseInt(sizes[1]));
    kernel = new LloydKernel(BenchData.firstPoints(columns, k));
    assignment = new int[POINTS];
    nearest = new int[LloydKernel.BLOCK];
    best = new double[LloydKernel.BLOCK];
    distances = new double[k][LloydKernel.BLOCK];
  }

  /** A whole pass: distances, nearest centroids, exact sums and changed users. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public PassSums iteration() {
    PassSums sums = new PassSums(k, columns.length);
    sums.addShard(columns, POINTS, kernel, assignment);
    return sums;
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double[] nearest() {
    for (int from = 0; from < POINTS; from += LloydKernel.BLOCK) {
      kernel.nearest(columns, from, LloydKernel.BLOCK, nearest, best);
    }
    return best;
  }

  /** Distances alone, on a block that stays in the first-level cache. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double[] distancesInCache() {
    for (int from = 0; from < POINTS; from += LloydKernel.BLOCK) {
      kernel.squaredDistances(columns, 0, LloydKernel.BLOCK, distances);
    }
    return distances[0];
  }

  /** Reading the columns from memory only. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public long readOnce() {
    long bits = 0;
    for (double[] column : columns) {
      for (int i = 0; i < POINTS; i++) {
        bits ^= Double.doubleToRawLongBits(column[i]);
      }
    }
    return bits;
  }
}
