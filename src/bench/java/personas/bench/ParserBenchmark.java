package personas.bench;

import personas.feature.shard.Shard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures parsing of CSV into columns, with quotes and validation. {@code megabytes} is per second and core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
  private static final int USERS = 400_000;

  /** The amount of input that was read. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Read {
    public double megabytes;
  }

  @Param({"false", "true"})
  public boolean quoted;

  private byte[] csv;

  @Setup
  public void setUp() {
    csv = BenchData.csv(USERS, quoted);
  }

  @Benchmark
  public int read(Read read) throws IOException {
    List<Shard> shards = new ArrayList<>();
    int rows = BenchData.read(csv, shards);
    if (rows != USERS) {
      throw new IllegalStateException(rows + " rows of " + USERS);
    }
    read.megabytes += csv.length / 1e6;
    return rows;
  }
}
