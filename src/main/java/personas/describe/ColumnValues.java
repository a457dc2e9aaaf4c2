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
 * values decides between counts and sums, not their order, so values can be merged in any order.
 */
final class ColumnValues {
  /** The largest number of different texts that are counted one by one. */
  static final int MAX_LEVELS = 1_000;

  /**
   * The largest number of characters of a text that is counted; a column with a longer text keeps
   * sums.
   */
  static final int MAX_LEVEL_LENGTH = 200;

  private final int k;

  /** The counts by text; null if the column keeps sums. */
  private Map<String, Level> levels = new HashMap<>();

  /** The sums of each cluster; empty while texts are counted. */
  private final ValueSums[] sums;

  /** One text with its meanings and the number of its users. */
  private static final class Level {
    private final ReadValue value;

    /** The number of users of each cluster. */
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

  /**
   * Adds a value of {@code copies} users, at least 1.
   *
   * @param reader reads the meanings of a text in the syntax of the input
   */
  void add(int cluster, int copies, String text, ValueReader reader) {
    if (levels != null && text.length() > MAX_LEVEL_LENGTH) {
      replaceLevelsBySums();
    }
    if (levels == null) {
      sums[cluster].add(reader.value(text), copies);
    } else {
      levels.computeIfAbsent(text, key -> new Level(reader.value(key), k)).users[cluster] += copies;
      limitLevels();
    }
  }

  private void limitLevels() {
    if (levels.size() > MAX_LEVELS) {
      replaceLevelsBySums();
    }
  }

  private void replaceLevelsBySums() {
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
      replaceLevelsBySums();
    }
    if (other.levels == null) {
      return;
    }
    for (Map.Entry<String, Level> entry : other.levels.entrySet()) {
      Level added = entry.getValue();
      if (levels == null) {
        addTo(sums, added);
      } else {
        Level level = levels.computeIfAbsent(entry.getKey(), text -> new Level(added.value, k));
        for (int j = 0; j < k; j++) {
          level.users[j] += added.users[j];
        }
        limitLevels();
      }
    }
  }

  /** Returns whether each text is counted. */
  boolean hasLevels() {
    return levels != null;
  }

  /** Returns the number of different texts. Requires {@link #hasLevels}. */
  int levelCount() {
    return levels.size();
  }

  /**
   * Returns the number of users by text and cluster, sorted by text. Requires {@link #hasLevels}.
   */
  SortedMap<String, long[]> levels() {
    SortedMap<String, long[]> sorted = new TreeMap<>();
    levels.forEach((text, level) -> sorted.put(text, level.users.clone()));
    return sorted;
  }

  /** Returns the sums of all values of each cluster. */
  ValueSums[] sums() {
    ValueSums[] totals = new ValueSums[k];
    for (int j = 0; j < k; j++) {
      totals[j] = new ValueSums();
      totals[j].merge(sums[j]);
    }
    if (levels != null) {
      levels.values().forEach(level -> addTo(totals, level));
    }
    return totals;
  }

  void write(DataOutput out) throws IOException {
    for (ValueSums clusterSums : sums) {
      clusterSums.write(out);
    }
    out.writeInt(levels == null ? -1 : levels.size());
    if (levels != null) {
      for (Map.Entry<String, Level> entry : new TreeMap<>(levels).entrySet()) {
        out.writeUTF(entry.getKey());
        entry.getValue().value.write(out);
        for (long users : entry.getValue().users) {
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
                entry ->
                    Arrays.equals(entry.getValue().users, that.levels.get(entry.getKey()).users));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sums);
  }
}
