package personas.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import personas.data.ShardReference;
import personas.math.LongSet;

/**
 * Hashes of user ids, grouped by their first bits, so that all that could be equal are in one group
 * and the table of a group stays in the processor's cache.
 */
final class GroupedHashes {
  private static final int MOST_GROUPS = 1 << 12;

  /** More than there are cores: each takes the next when it is done with one. */
  private static final int TASKS = 64;

  /** A table of so many takes a quarter of a megabyte. */
  private static final int GROUP_ROWS = 1 << 14;

  private final List<Grouped> shards;
  private final int groups;

  private GroupedHashes(List<Grouped> shards, int groups) {
    this.shards = shards;
    this.groups = groups;
  }

  /**
   * The hashes of one of several rounds, which together have each hash once.
   *
   * @param rounds a power of two
   */
  static GroupedHashes read(List<ShardReference> shards, int round, int rounds) throws IOException {
    long users = shards.stream().mapToLong(ShardReference::rows).sum();
    int groups = 1;
    while (groups < MOST_GROUPS && (double) users / rounds / groups > GROUP_ROWS) {
      groups *= 2;
    }
    int power = groups;
    try {
      return new GroupedHashes(
          shards.parallelStream().map(shard -> group(shard, round, rounds, power)).toList(),
          groups);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The hashes of one shard, group after group. */
  private static final class Grouped {
    private final long[] hashes;
    private final int[] ends;

    Grouped(long[] hashes, int[] ends) {
      this.hashes = hashes;
      this.ends = ends;
    }

    int start(int group) {
      return group == 0 ? 0 : ends[group - 1];
    }
  }

  private static Grouped group(ShardReference shard, int round, int rounds, int groups) {
    long[] all;
    try {
      all = ShardStore.idHashes(shard);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int[] ends = new int[groups];
    int taken = 0;
    for (long hash : all) {
      if (isOf(round, rounds, hash)) {
        taken++;
        ends[groupOf(hash, groups)]++;
      }
    }
    int[] next = new int[groups];
    for (int group = 1; group < groups; group++) {
      next[group] = ends[group - 1];
      ends[group] += ends[group - 1];
    }
    long[] grouped = new long[taken];
    for (long hash : all) {
      if (isOf(round, rounds, hash)) {
        grouped[next[groupOf(hash, groups)]++] = hash;
      }
    }
    return new Grouped(grouped, ends);
  }

  private static boolean isOf(int round, int rounds, long hash) {
    return ((hash >>> Integer.SIZE) & (rounds - 1)) == round;
  }

  /** By bits that neither the rounds nor the slots of a table look at. */
  private static int groupOf(long hash, int groups) {
    return (int) (hash >>> (Long.SIZE - Integer.numberOfTrailingZeros(MOST_GROUPS))) & (groups - 1);
  }

  /** The hashes that more than one user has. */
  LongSet met() {
    LongSet met = new LongSet(0);
    int tasks = Math.min(groups, TASKS);
    IntStream.range(0, tasks)
        .parallel()
        .mapToObj(task -> metIn(groups * task / tasks, groups * (task + 1) / tasks))
        .forEachOrdered(found -> Arrays.stream(found).forEach(met::add));
    return met;
  }

  private long[] metIn(int fromGroup, int toGroup) {
    Table table = new Table();
    for (int group = fromGroup; group < toGroup; group++) {
      int users = 0;
      for (Grouped shard : shards) {
        users += shard.ends[group] - shard.start(group);
      }
      table.clear(users);
      for (Grouped shard : shards) {
        table.addAll(shard.hashes, shard.start(group), shard.ends[group]);
      }
    }
    return Arrays.copyOf(table.met, table.size);
  }

  /** The hashes of one group after the other; those that come again are met. */
  private static final class Table {
    private long[] met = new long[16];
    private int size;
    private long[] slots = new long[2 * GROUP_ROWS];
    private int mask;
    private boolean hasZero;

    /** Makes room for so many hashes. */
    void clear(int users) {
      int capacity = Integer.highestOneBit(Math.max(1, users)) * 4;
      if (capacity > slots.length) {
        slots = new long[capacity];
      } else {
        Arrays.fill(slots, 0, capacity, 0);
      }
      mask = capacity - 1;
      hasZero = false;
    }

    void addAll(long[] hashes, int from, int to) {
      for (int i = from; i < to; i++) {
        long hash = hashes[i];
        int at = (int) hash & mask;
        while (slots[at] != 0 && slots[at] != hash) {
          at = (at + 1) & mask;
        }
        if (slots[at] == hash && (hash != 0 || hasZero)) {
          meet(hash);
        }
        slots[at] = hash;
        hasZero |= hash == 0;
      }
    }

    private void meet(long hash) {
      if (size == met.length) {
        met = Arrays.copyOf(met, 2 * size);
      }
      met[size++] = hash;
    }
  }
}
