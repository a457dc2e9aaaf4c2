package personas.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.Arrays;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import personas.data.Shard;
import personas.data.ShardReference;
import personas.data.Standardizer;
import personas.kmeans.LloydKernel;
import personas.kmeans.PointBlocks;

/**
 * Shards in memory, one cache a JVM: what spares a pass the reading of files. Nothing depends on a
 * hit; a shard that is not here is asked of the {@link ShardStore} again. W-TinyLFU eviction (G.
 * Einziger, R. Friedman, B. Manes, 2017) keeps a part of a set that is larger than the budget,
 * where a least-recently-used order would keep none of it over repeated passes.
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

  /** The shard, from memory or from where it is staged. */
  static CachedShard get(ShardReference reference, int candidates) throws IOException {
    CachedShard cached = CACHE.getIfPresent(reference.path());
    if (cached != null) {
      HITS.inc();
      return cached;
    }
    Shard shard = ShardStore.numbers(reference);
    (ShardStore.holds(reference) ? HITS : LOADED).inc();
    cached = new CachedShard(shard.columns(), shard.rows(), candidates);
    CACHE.put(reference.path(), cached);
    return cached;
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

    /** Raw, but standardised where that is kept. */
    private final double[][] columns;

    private final boolean[] standardized;

    /** Per column; null where no pass has asked yet. */
    private boolean[] usual;

    private final int[][] assignment;
    private final int[] assignmentPass;

    /**
     * @param raw d columns, which stay as they are
     */
    CachedShard(double[][] raw, int rows, int candidates) {
      this.columns = raw.clone();
      this.standardized = new boolean[raw.length];
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

    /**
     * The standardised values. What is quickly computed is computed again for each pass: that costs
     * less than the memory to keep it in.
     */
    PointBlocks points(Standardizer standardizer) {
      if (usual == null) {
        usual = new boolean[columns.length];
        for (int f = 0; f < columns.length; f++) {
          usual[f] = standardizer.isUsual(f, columns[f], 0, rows);
        }
      }
      for (int f = 0; f < columns.length; f++) {
        if (!standardized[f] && !standardizer.isQuick(f)) {
          double[] zScores = new double[rows];
          standardizer.standardize(f, columns[f], 0, rows, zScores);
          columns[f] = zScores;
          standardized[f] = true;
        }
      }
      double[][] block = new double[columns.length][LloydKernel.BLOCK];
      return (from, count) -> {
        for (int f = 0; f < columns.length; f++) {
          if (standardized[f]) {
            System.arraycopy(columns[f], from, block[f], 0, count);
          } else {
            standardizer.standardize(f, columns[f], from, from + count, usual[f], block[f]);
          }
        }
        return block;
      };
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
