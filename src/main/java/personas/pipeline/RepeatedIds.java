package personas.pipeline;

import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.data.Shard;
import personas.data.ShardReference;
import personas.math.LongSet;

/**
 * The users whose id an earlier user has, in the order of the input. Exact: where hashes of ids
 * meet, the ids themselves are compared.
 *
 * <p>The hashes are looked at in rounds, by some of their bits, so that what is held in memory at a
 * time stays small however many users there are; each round reads the 8 bytes a user again.
 *
 * @param rows path of a shard → its rows that repeat an id; shards without any are not there
 * @param bySource input file → how many records that are
 * @param example the first repeated id of the input; null where there is none
 */
record RepeatedIds(Map<String, BitSet> rows, SortedMap<String, Long> bySource, String example) {
  /** The hashes of a round take this share of the heap at most. */
  private static final double HEAP_SHARE = 0.2;

  /**
   * Looks through staged shards.
   *
   * @param shards in the order of the input
   */
  static RepeatedIds find(List<ShardReference> shards) throws IOException {
    Map<String, BitSet> rows = new HashMap<>();
    int rounds = rounds(shards.stream().mapToLong(ShardReference::rows).sum());
    for (int round = 0; round < rounds; round++) {
      LongSet met = GroupedHashes.read(shards, round, rounds).met();
      if (!met.isEmpty()) {
        compare(shards, met)
            .forEach(
                (path, repeated) -> rows.computeIfAbsent(path, p -> new BitSet()).or(repeated));
      }
    }
    SortedMap<String, Long> bySource = new TreeMap<>();
    String example = null;
    for (ShardReference shard : shards) {
      BitSet repeated = rows.get(shard.path());
      if (repeated != null) {
        bySource.merge(shard.source(), (long) repeated.cardinality(), Long::sum);
        example = example == null ? ShardStore.whole(shard).id(repeated.nextSetBit(0)) : example;
      }
    }
    return new RepeatedIds(rows, bySource, example);
  }

  /** All of them. */
  long total() {
    return bySource.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A power of two. */
  private static int rounds(long users) {
    double share = users * Long.BYTES / (HEAP_SHARE * Runtime.getRuntime().maxMemory());
    int rounds = 1;
    while (rounds < share) {
      rounds *= 2;
    }
    return rounds;
  }

  /** Among the users whose hashes met: those whose id another one had before. */
  private static Map<String, BitSet> compare(List<ShardReference> shards, LongSet met)
      throws IOException {
    Map<String, BitSet> found = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (ShardReference reference : shards) {
      long[] hashes = ShardStore.idHashes(reference);
      BitSet repeated = new BitSet();
      Shard shard = null;
      for (int row = 0; row < reference.rows(); row++) {
        if (met.contains(hashes[row])) {
          shard = shard == null ? ShardStore.whole(reference) : shard;
          repeated.set(row, !ids.add(shard.id(row)));
        }
      }
      if (!repeated.isEmpty()) {
        found.put(reference.path(), repeated);
      }
    }
    return found;
  }
}
