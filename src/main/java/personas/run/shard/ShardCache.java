package personas.run.shard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.util.List;
import personas.feature.shard.Shard;
import personas.feature.shard.ShardReference;

/**
 * Shards in memory, one cache per JVM: a hit saves a pass from reading a file. Only speed depends
 * on a hit. W-TinyLFU eviction (G. Einziger, R. Friedman, B. Manes, 2017) keeps a part of a set
 * that is larger than the budget, of which a least-recently-used order would keep nothing over
 * repeated passes.
 */
final class ShardCache {
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
   * @param candidates the numbers of clusters that the run trains
   */
  static void offer(String path, Shard shard, List<Integer> candidates) {
    CACHE.put(path, new CachedShard(shard, candidates));
  }

  /** The shard, from memory or from its file. */
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
