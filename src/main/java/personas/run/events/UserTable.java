package personas.run.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.feature.TextSyntax;
import personas.feature.shard.Shard;
import personas.math.Hashing;
import personas.run.events.measure.Accumulator;
import personas.run.events.measure.BlockReader;
import personas.run.events.measure.BlockWriter;
import personas.run.events.measure.EventRow;
import personas.run.events.measure.TextIndex;
import personas.run.events.measure.TextValues;
import personas.spec.event.EventAggregation;
import personas.spec.event.EventColumns;
import personas.spec.event.EventFilter;
import personas.spec.event.Measure;

/**
 * A table of users that are aggregated from events. It holds the ids, and an accumulator for each
 * measure. A table can write its users as blocks, one for each part of the hashes of ids, and merge
 * a block that another table wrote. The order of events and blocks does not change a value. A table
 * is not thread-safe.
 */
final class UserTable {
  /**
   * The seed of the hashes. It is the same in every run, so that the order of users depends only on
   * the ids.
   */
  private static final long HASH_SEED = 0;

  private static final int FIRST_USERS = 1 << 10;

  private final EventRow row;
  private final TextIndex ids = new TextIndex();
  private final List<Accumulator> accumulators = new ArrayList<>();

  /** For each accumulator, the index of its check; -1 if every event counts. */
  private final int[] checkOf;

  private final List<EventCheck> checks = new ArrayList<>();
  private final boolean[] isAccepted;
  private int capacity;

  /**
   * Creates an empty table.
   *
   * @param syntax how the input writes missing values and numbers
   */
  UserTable(EventAggregation aggregation, TextSyntax syntax) {
    row = new EventRow(EventColumns.of(aggregation), syntax);
    TextValues values = new TextValues(syntax);
    Map<EventFilter, Integer> checkOfFilter = new LinkedHashMap<>();
    checkOf = new int[aggregation.measures().size()];
    for (Measure measure : aggregation.measures()) {
      EventFilter where = measure.where();
      if (where != null && checkOfFilter.putIfAbsent(where, checkOfFilter.size()) == null) {
        checks.add(new EventCheck(where, row));
      }
      checkOf[accumulators.size()] = where == null ? -1 : checkOfFilter.get(where);
      accumulators.add(Accumulator.of(measure, row, values));
    }
    isAccepted = new boolean[checks.size()];
  }

  int users() {
    return ids.size();
  }

  /** Returns the approximate number of bytes in memory. */
  long bytes() {
    return ids.bytes() + accumulators.stream().mapToLong(Accumulator::bytes).sum();
  }

  /**
   * Adds the events of a shard.
   *
   * @param lastDay the last day whose events count
   * @return the number of events after the last day, which do not count
   */
  long add(Shard shard, int lastDay) {
    long later = 0;
    for (int event = 0; event < shard.rows(); event++) {
      row.moveTo(shard, event);
      if (row.day() > lastDay) {
        later++;
      } else {
        addEvent();
      }
    }
    return later;
  }

  private void addEvent() {
    for (int check = 0; check < isAccepted.length; check++) {
      isAccepted[check] = checks.get(check).accepts(row);
    }
    long hash = Hashing.hash64(HASH_SEED, row.idBytes(), row.idStart(), row.idEnd());
    int user = user(hash, row.idBytes(), row.idStart(), row.idEnd());
    for (int i = 0; i < checkOf.length; i++) {
      if (checkOf[i] < 0 || isAccepted[checkOf[i]]) {
        accumulators.get(i).add(user, row);
      }
    }
  }

  private int user(long hash, byte[] id, int from, int to) {
    int user = ids.add(hash, id, from, to);
    if (user >= capacity) {
      capacity = Math.max(FIRST_USERS, Math.multiplyExact(2, capacity));
      accumulators.forEach(accumulator -> accumulator.resize(capacity));
    }
    return user;
  }

  /**
   * Returns all users as bytes, grouped into parts by the first bits of the hashes of their ids.
   */
  Blocks blocks(int parts) {
    accumulators.forEach(Accumulator::prepare);
    int[] sorted = ids.sorted();
    BlockWriter out = new BlockWriter();
    int[] ends = new int[parts];
    int next = 0;
    for (int part = 0; part < parts; part++) {
      while (next < sorted.length && Hashing.firstBits(ids.hash(sorted[next]), parts) == part) {
        write(sorted[next++], out);
      }
      ends[part] = out.size();
    }
    return new Blocks(out.toByteArray(), ends);
  }

  /** Users as bytes, grouped into parts. */
  static final class Blocks {
    private final byte[] bytes;
    private final int[] ends;

    private Blocks(byte[] bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    /** Returns the bytes of all parts in order. The array is not a copy. */
    byte[] bytes() {
      return bytes;
    }

    /** Returns the end of each part. The array is not a copy. */
    int[] ends() {
      return ends;
    }
  }

  private void write(int user, BlockWriter out) {
    out.writeLong(ids.hash(user));
    out.writeText(ids.texts(), ids.start(user), ids.end(user));
    accumulators.forEach(accumulator -> accumulator.write(user, out));
  }

  /** Adds a block that another table wrote. */
  void merge(byte[] block) {
    BlockReader in = new BlockReader(block);
    while (!in.atEnd()) {
      long hash = in.readLong();
      int length = (int) in.readVarLong();
      int start = in.skip(length);
      int user = user(hash, block, start, start + length);
      accumulators.forEach(accumulator -> accumulator.merge(user, in));
    }
  }

  /** Returns the numbers of the users, in the order of the hashes of their ids. */
  int[] sorted() {
    return ids.sorted();
  }

  /** Returns the id of a user. */
  String id(int user) {
    int start = ids.start(user);
    return new String(ids.texts(), start, ids.end(user) - start, StandardCharsets.UTF_8);
  }

  /**
   * Returns a measure of a user, as {@link Accumulator#value} defines it.
   *
   * @param measure the index of the measure in the spec
   * @param user the number of the user
   * @param asOf the day from which measures of time look back
   */
  Object value(int measure, int user, int asOf) {
    return accumulators.get(measure).value(user, asOf);
  }
}
