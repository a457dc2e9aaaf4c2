package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The values of one described column, by cluster. Each text is counted while the column has at most
 * {@link #MAX_LEVELS} different texts; a column with more texts keeps sums instead. The set of all
 * values decides between counts and sums, and their order does not. Therefore the values are
 * mergeable in any order.
 */
final class ColumnValues {
  /** The largest number of different texts of which each is counted. */
  static final int MAX_LEVELS = 1_000;

  /** A column with a text of more characters keeps sums. */
  static final int MAX_LEVEL_LENGTH = 200;

  private final int k;

  /** The counts by text; null if the column keeps sums. */
  private Map<String, Level> levels = new HashMap<>();

  /** By cluster; empty while the texts are counted. */
  private final ValueSums[] sums;

  /** One text: its meanings and its users. */
  private static final class Level {
    private final ReadValue value;

    /** By cluster. */
    private final long[] users;

    Level(ReadValue value, int k) {
      this.value = value;
      this.users = new long[k];
    }
  }

  ColumnValues(int k) {
    this.k = k;
    this.sums = new ValueSums[k];
    Arrays.setAll(sums, j -> new ValueSums());
  }

  /** Adds a value that {@code copies} users have, at least 1. */
  void add(int cluster, int copies, String text, ValueReader reader) {
    if (levels != null && text.length() > MAX_LEVEL_LENGTH) {
      forgetLevels();
    }
    if (levels == null) {
      sums[cluster].add(reader.value(text), copies);
    } else {
      levels.computeIfAbsent(text, each -> new Level(reader.value(each), k)).users[cluster] +=
          copies;
      forgetTooManyLevels();
    }
  }

  private void forgetTooManyLevels() {
    if (levels.size() > MAX_LEVELS) {
      forgetLevels();
    }
  }

  private void forgetLevels() {
    for (Level level : levels.values()) {
      addTo(sums, level);
    }
    levels = null;
  }

  private static void addTo(ValueSums[] sums, Level level) {
    for (int j = 0; j < sums.length; j++) {
      if (level.users[j] > 0) {
        sums[j].add(level.value, level.users[j]);
      }
    }
  }

  void merge(ColumnValues other) {
    for (int j = 0; j < k; j++) {
      sums[j].merge(other.sums[j]);
    }
    if (levels != null && other.levels == null) {
      forgetLevels();
    }
    if (other.levels == null) {
      return;
    }
    for (Map.Entry<String, Level> each : other.levels.entrySet()) {
      if (levels == null) {
        addTo(sums, each.getValue());
      } else {
        Level own =
            levels.computeIfAbsent(each.getKey(), text -> new Level(each.getValue().value, k));
        for (int j = 0; j < k; j++) {
          own.users[j] += each.getValue().users[j];
        }
        forgetTooManyLevels();
      }
    }
  }

  /** Returns whether each text is counted. */
  boolean hasLevels() {
    return levels != null;
  }

  /** The number of different texts; the texts are counted. */
  int levelCount() {
    return levels.size();
  }

  /** The texts in the order of their characters, each with its users by cluster. */
  SortedMap<String, long[]> levels() {
    SortedMap<String, long[]> sorted = new TreeMap<>();
    levels.forEach((text, level) -> sorted.put(text, level.users.clone()));
    return sorted;
  }

  /** By cluster the sums of all values. */
  ValueSums[] sums() {
    ValueSums[] all = new ValueSums[k];
    for (int j = 0; j < k; j++) {
      all[j] = new ValueSums();
      all[j].merge(sums[j]);
    }
    if (levels != null) {
      levels.values().forEach(level -> addTo(all, level));
    }
    return all;
  }

  void write(DataOutput out) throws IOException {
    for (ValueSums each : sums) {
      each.write(out);
    }
    out.writeInt(levels == null ? -1 : levels.size());
    if (levels != null) {
      for (Map.Entry<String, Level> each : new TreeMap<>(levels).entrySet()) {
        out.writeUTF(each.getKey());
        each.getValue().value.write(out);
        for (long users : each.getValue().users) {
          out.writeLong(users);
        }
      }
    }
  }

  static ColumnValues read(DataInput in, int k) throws IOException {
    ColumnValues values = new ColumnValues(k);
    for (int j = 0; j < k; j++) {
      values.sums[j] = ValueSums.read(in);
    }
    int levels = in.readInt();
    if (levels < 0) {
      values.levels = null;
    }
    for (; levels > 0; levels--) {
      String text = in.readUTF();
      Level level = new Level(ReadValue.read(in), k);
      for (int j = 0; j < k; j++) {
        level.users[j] = in.readLong();
      }
      values.levels.put(text, level);
    }
    return values;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof ColumnValues that)
        || !Arrays.equals(sums, that.sums)
        || hasLevels() != that.hasLevels()) {
      return false;
    }
    if (!hasLevels()) {
      return true;
    }
    return levels.keySet().equals(that.levels.keySet())
        && levels.entrySet().stream()
            .allMatch(
                each -> Arrays.equals(each.getValue().users, that.levels.get(each.getKey()).users));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }
}
