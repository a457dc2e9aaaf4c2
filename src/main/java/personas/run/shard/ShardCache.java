package personas.run.shard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.List;
import personas.feature.shard.Shard;
import personas.run.state.ShardReference;

/**
 * A cache of shards in memory, one per JVM, so that a pass does not have to read their files. The
 * cache changes speed only. The eviction is W-TinyLFU (G. Einziger, R. Friedman, B. Manes, 2017):
 * if the shards do not all fit, repeated passes still find a part of them in memory. A
 * least-recently-used cache would find none.
 */
final class ShardCache {
  /** The bytes of heap that the engine and the ranges need, even in a small heap. */
  private static final long RESERVED_BYTES = 96L << 20;

  /** The share of the remaining heap that shards may use. */
  private static final double HEAP_SHARE = 0.45;

  private static final Cache<String, CachedShard> CACHE =
      Caffeine.newBuilder()
          .maximumWeight(
              (long)
                  (Math.max(0, Runtime.getRuntime().maxMemory() - RESERVED_BYTES)
                      * HEAP_SHARE
                      / 1024))
          .weigher((String path, CachedShard shard) -> shard.kilobytes())
          .executor(Runnable::run)
          .build();

  private ShardCache() {}

  /**
   * Keeps the numbers of a new shard.
   *
   * @param path the path of the shard
   * @param shard the shard
   * @param candidates the numbers of clusters that the run trains
   */
  static void offer(String path, Shard shard, List<Integer> candidates) {
    CACHE.put(path, new CachedShard(shard, candidates));
  }

  /** Returns the shard, from memory or from its file. */
  static CachedShard get(ShardReference reference, List<Integer> candidates, PassCosts costs)
      throws IOException {
    CachedShard cached = CACHE.getIfPresent(reference.path());
    costs.addLookup(cached != null);
    if (cached == null) {
      Shard shard = ShardFiles.numbers(reference);
      cached = new CachedShard(shard, candidates);
      CACHE.put(reference.path(), cached);
    }
    return cached;
  }
}
