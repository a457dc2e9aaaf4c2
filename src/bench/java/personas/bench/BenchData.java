package personas.bench;

import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.kmeans.Centroids;
import personas.math.Grid;
import personas.table.InputFormat;
import personas.table.bytes.ByteRange;
import personas.table.bytes.ByteSource;
import personas.table.read.FileHeader;
import personas.table.read.RangeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded inputs that the benchmarks share. */
final class BenchData {
  static final UserSchema SCHEMA =
      new UserSchema(
          "user_id",
          List.of(Feature.of("a"), Feature.of("b"), Feature.of("c"), Feature.of("d")),
          List.of());

  private static final int MAX_SHARD_ROWS = 1 << 18;

  private BenchData() {}

  /** Returns d columns of n standardized values on the grid, uniform in ±√3. Lloyd's iteration takes many passes on such data. */
  static double[][] columns(int n, int d) {
    SplittableRandom random = new SplittableRandom(42);
    double[][] columns = new double[d][n];
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < d; f++) {
        columns[f][i] = Grid.round((2 * random.nextDouble() - 1) * Math.sqrt(3));
      }
    }
    return columns;
  }

  /** Returns the first k points as centroids. */
  static Centroids firstPoints(double[][] columns, int k) {
    int d = columns.length;
    double[] start = new double[k * d];
    for (int j = 0; j < k; j++) {
      for (int f = 0; f < d; f++) {
        start[j * d + f] = columns[f][j];
      }
    }
    return Centroids.of(k, d, start);
  }

  /**
   * Returns a CSV file of users with four whole numbers each, as {@code simulate} writes them.
   *
   * @param users number of users
   * @param quoted whether every field is quoted
   */
  static byte[] csv(int users, boolean quoted) {
    SplittableRandom random = new SplittableRandom(42);
    String quote = quoted ? "\"" : "";
    String comma = quote + "," + quote;
    StringBuilder text = new StringBuilder("user_id,a,b,c,d\n");
    for (int i = 0; i < users; i++) {
      text.append(quote).append("user-").append(100_000_000 + i);
      text.append(comma).append(random.nextInt(1000)).append(comma).append(random.nextInt(500));
      text.append(comma).append(random.nextInt(50)).append(comma).append(random.nextInt(100));
      text.append(quote).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Reads the shards of a CSV file and returns how many rows they hold. */
  static int read(byte[] csv, List<Shard> shards) throws IOException {
    ByteSource source = new InMemory(csv);
    FileHeader header = FileHeader.read(source, SCHEMA, InputFormat.CSV);
    int before = shards.size();
    new RangeReader(SCHEMA, header, MAX_SHARD_ROWS)
        .read(
            source,
            new ByteRange(source.name(), 0, csv.length),
            -1,
            shards::add,
            rejection -> {
              throw new IOException("rejected: " + rejection);
            });
    return shards.stream().skip(before).mapToInt(Shard::rows).sum();
  }

  static Shard shard(int users) throws IOException {
    List<Shard> shards = new ArrayList<>();
    read(csv(users, false), shards);
    return shards.get(0);
  }

  private record InMemory(byte[] bytes) implements ByteSource {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open(long position) {
      return new ByteArrayInputStream(bytes, (int) position, bytes.length - (int) position);
    }
  }
}
