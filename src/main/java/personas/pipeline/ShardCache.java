package personas.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import personas.data.Shard;
import personas.data.ShardFile;
import personas.data.ShardReference;
import personas.data.Standardizer;

/**
 * Shards in memory, one cache a JVM: what spares a pass the reading of files. Nothing depends on a
 * hit; a shard that is not here is read from its file again. W-TinyLFU eviction (G. Einziger, R.
 * Friedman, B. Manes, 2017) keeps a part of a set that is larger than the budget, where a
 * least-recently-used order would keep none of it over repeated passes.
 */
final class ShardCache {
  private static final Counter LOADED = Metrics.counter("personas", "shards_loaded");
  private static final Counter HITS = Metrics.counter("personas", "shard_cache_hits");

  /** What the engine and the ranges under way need, however small the heap is. */
  private static final long RESERVED = 96L << 20;

  /** The share of the rest of the heap that shards may take. */
  private static final double HEAP_SHARE = 0.45;

  private static final Cache<String, CachedShard> CACHE =
      Caffeine.newBuilder()
          .maximumWeight(
              (long) (Math.max(0, Runtime.getRuntime().maxMemory() - RESERVED) * HEAP_SHARE / 1024))
          .weigher((String path, CachedShard shard) -> shard.kilobytes())
          .executor(Runnable::run)
          .build();

  private ShardCache() {}

  /**
   * Keeps the numbers of a shard that was just written.
   *
   * @param candidates clusterings that it will keep an assignment of
   */
  static void offer(String path, Shard shard, int candidates) {
    CACHE.put(path, new CachedShard(shard.columns(), shard.rows(), candidates));
  }

  /** The shard, from memory or from its file; its values may still be raw. */
  static CachedShard get(ShardReference reference, int candidates) throws IOException {
    CachedShard cached = CACHE.getIfPresent(reference.path());
    if (cached != null) {
      HITS.inc();
      return cached;
    }
    Shard shard = read(reference);
    cached = new CachedShard(shard.columns(), shard.rows(), candidates);
    CACHE.put(reference.path(), cached);
    return cached;
  }

  /** The raw numbers of a shard, from its file. */
  static Shard read(ShardReference reference) throws IOException {
    try (InputStream in = Folder.open(reference.path())) {
      Shard shard = ShardFile.readColumns(in);
      LOADED.inc();
      return shard;
    } catch (IOException e) {
      throw new IOException(reference.path() + ": staged shard cannot be read: " + e, e);
    }
  }

  /** Forgets the shards of a run. */
  static void forget(Folder staging) {
    CACHE.asMap().keySet().removeIf(path -> path.startsWith(staging.path()));
  }

  /**
   * The numbers of one shard. Its users lock it while they work: a bundle that is tried again may
   * meet the first try.
   */
  static final class CachedShard {
    private final int rows;
    private double[][] columns;
    private boolean standardized;
    private final int[][] assignment;
    private final int[] assignmentPass;

    CachedShard(double[][] columns, int rows, int candidates) {
      this.columns = columns;
      this.rows = rows;
      this.assignment = new int[candidates][];
      this.assignmentPass = new int[candidates];
      Arrays.fill(assignmentPass, -1);
    }

    int rows() {
      return rows;
    }

    private int kilobytes() {
      // Values and the assignments that a pass will add to them.
      return 1 + (int) ((8L * columns.length + 4L * assignment.length) * rows / 1024);
    }

    /** d columns of standardised values. */
    double[][] columns(Standardizer standardizer) {
      if (!standardized) {
        double[][] zScores = new double[columns.length][rows];
        for (int f = 0; f < columns.length; f++) {
          standardizer.standardize(f, columns[f], 0, rows, zScores[f]);
        }
        columns = zScores;
        standardized = true;
      }
      return columns;
    }

    /**
     * The clusters of one candidate that its pass {@code pass} left here, or null where it was not
     * its last one.
     */
    int[] assignmentOf(int candidate, int pass) {
      return assignmentPass[candidate] == pass ? assignment[candidate] : null;
    }

    /** An assignment to fill, all -1; to be handed back to {@link #keep}. */
    int[] freshAssignment(int candidate) {
      int[] fresh = assignment[candidate] == null ? new int[rows] : assignment[candidate];
      Arrays.fill(fresh, -1);
      return fresh;
    }

    void keep(int candidate, int pass, int[] filled) {
      assignment[candidate] = filled;
      assignmentPass[candidate] = pass;
    }
  }
}
