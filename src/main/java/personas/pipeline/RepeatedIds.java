package personas.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import personas.data.Shard;
import personas.data.ShardFile;
import personas.data.ShardReference;
import personas.math.LongSet;

/**
 * The users whose id an earlier user has, in the order of the input. Exact: where hashes of ids
 * meet, the ids themselves are compared.
 *
 * <p>The hashes are looked at in parts, by their first bits, so that what is held in memory at a
 * time stays small however many users there are; each part reads the 8 bytes a user again.
 *
 * @param rows path of a shard → its rows that repeat an id; shards without any are not there
 * @param bySource input file → how many records that are
 * @param example the first repeated id of the input; null where there is none
 */
record RepeatedIds(Map<String, BitSet> rows, SortedMap<String, Long> bySource, String example) {
  /** Users a part, where memory allows: their table stays near the processor. */
  private static final int PART_ROWS = 1 << 21;

  private static final int MOST_PARTS = 8;

  /** Tables of all threads together take this share of the heap at most. */
  private static final double HEAP_SHARE = 0.2;

  /**
   * Looks through staged shards.
   *
   * @param shards in the order of the input
   */
  static RepeatedIds find(List<ShardReference> shards) throws IOException {
    long users = shards.stream().mapToLong(ShardReference::rows).sum();
    int parts = parts(users);
    Map<String, BitSet> rows = new HashMap<>();
    try {
      IntStream.range(0, parts)
          .parallel()
          .mapToObj(part -> findPart(shards, part, parts, users / parts))
          .forEachOrdered(
              found ->
                  found.forEach(
                      (path, repeated) ->
                          rows.computeIfAbsent(path, p -> new BitSet()).or(repeated)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    SortedMap<String, Long> bySource = new TreeMap<>();
    String example = null;
    for (ShardReference shard : shards) {
      BitSet repeated = rows.get(shard.path());
      if (repeated != null) {
        bySource.merge(shard.source(), (long) repeated.cardinality(), Long::sum);
        example = example == null ? load(shard).id(repeated.nextSetBit(0)) : example;
      }
    }
    return new RepeatedIds(rows, bySource, example);
  }

  /** All of them. */
  long total() {
    return bySource.values().stream().mapToLong(Long::longValue).sum();
  }

  /** A power of two. */
  private static int parts(long users) {
    long bytes = users * LongSet.BYTES_A_VALUE * Runtime.getRuntime().availableProcessors();
    double byHeap = bytes / (HEAP_SHARE * Runtime.getRuntime().maxMemory());
    double byCache = Math.min(MOST_PARTS, (double) users / PART_ROWS);
    int parts = 1;
    while (parts < Math.max(byHeap, byCache)) {
      parts *= 2;
    }
    return parts;
  }

  private static boolean isIn(long hash, int part, int parts) {
    return ((hash >>> Integer.SIZE) & (parts - 1)) == part;
  }

  private static Map<String, BitSet> findPart(
      List<ShardReference> shards, int part, int parts, long users) {
    try {
      LongSet seen = new LongSet(users);
      LongSet met = new LongSet(0);
      for (ShardReference shard : shards) {
        LongBuffer hashes = IdHashes.read(shard);
        for (int row = 0; row < shard.rows(); row++) {
          long hash = hashes.get(row);
          if (isIn(hash, part, parts) && !seen.add(hash)) {
            met.add(hash);
          }
        }
      }
      return met.isEmpty() ? Map.of() : compare(shards, met);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Among the users whose hashes met: those whose id another one had before. */
  private static Map<String, BitSet> compare(List<ShardReference> shards, LongSet met)
      throws IOException {
    Map<String, BitSet> found = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (ShardReference reference : shards) {
      LongBuffer hashes = IdHashes.read(reference);
      BitSet repeated = new BitSet();
      Shard shard = null;
      for (int row = 0; row < reference.rows(); row++) {
        if (met.contains(hashes.get(row))) {
          shard = shard == null ? load(reference) : shard;
          repeated.set(row, !ids.add(shard.id(row)));
        }
      }
      if (!repeated.isEmpty()) {
        found.put(reference.path(), repeated);
      }
    }
    return found;
  }

  private static Shard load(ShardReference reference) throws IOException {
    try (InputStream in = Folder.open(reference.path())) {
      return ShardFile.readAll(in);
    } catch (IOException e) {
      throw new IOException(reference.path() + ": staged shard cannot be read: " + e, e);
    }
  }
}
