package personas.bench;

import personas.feature.moments.Moments;
import personas.feature.shard.Shard;
import personas.feature.shard.ShardCodec;
import personas.feature.shard.UserSample;
import personas.math.ExactSum;
import personas.math.Grid;
import personas.math.GridSum;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the time of each step per user: exact sums, the grid, the sample and the shard file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartsBenchmark {
  private static final int USERS = 1 << 17;
  private static final int SAMPLE = 20_000;

  private Shard shard;
  private double[] values;
  private double[] squares;
  private double[] out;
  private byte[] file;

  @Setup
  public void setUp() throws IOException {
    shard = BenchData.shard(USERS);
    values = BenchData.columns(USERS, 1)[0];
    squares = values.clone();
    for (int i = 0; i < USERS; i++) {
      squares[i] *= squares[i];
    }
    out = new double[USERS];
    file = write();
  }

  /** The exact sums of the values and of the squares of one feature. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public double exactSums() {
    ExactSum sum = new ExactSum();
    ExactSum ofSquares = new ExactSum();
    ExactSum.addAll(values, 0, USERS, sum, ofSquares);
    return sum.value() + ofSquares.value();
  }

  /** The moments of all four features, as in the reading pass. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public Moments moments() {
    Moments moments = new Moments(shard.features());
    moments.add(BenchData.SCHEMA, shard.columns(), shard.rows());
    return moments;
  }

  /** Rounding one value to the grid. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public double[] grid() {
    for (int i = 0; i < USERS; i++) {
      out[i] = Grid.round(values[i]);
    }
    return out;
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public double gridSum() {
    GridSum sum = new GridSum();
    for (int from = 0; from < USERS; from += 512) {
      sum.addBlock(squares, from, from + 512);
    }
    return sum.value();
  }

  /** The hash of an id, and the update of the sample. */
  @Benchmark
  @OperationsPerInvocation(USERS)
  public int sample() {
    UserSample sample = new UserSample(SAMPLE, shard.features());
    for (int row = 0; row < USERS; row++) {
      sample.add(shard.idHash(row, 42), shard.columns(), row);
    }
    return sample.size();
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public byte[] shardWritten() throws IOException {
    return write();
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public Shard shardRead() throws IOException {
    return ShardCodec.readAll(new ByteArrayInputStream(file));
  }

  @Benchmark
  @OperationsPerInvocation(USERS)
  public List<Shard> columnsRead() throws IOException {
    List<Shard> read = new ArrayList<>();
    read.add(ShardCodec.readColumns(new ByteArrayInputStream(file)));
    return read;
  }

  private byte[] write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * USERS);
    ShardCodec.write(shard, bytes);
    return bytes.toByteArray();
  }
}
