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
 * The values of one described column, by cluster. While there are few different texts each is
 * counted; from {@link #MAX_LEVELS} different ones on only sums are kept. Which of both it is
 * depends on all values together and not on their order, so the values are mergeable in any order.
 */
final class ColumnValues {
  /** Different texts that are counted each. */
  static final int MAX_LEVELS = 1_000;

  /** A text with more characters is none of a category, and its column keeps only sums. */
  static final int MAX_LEVEL_LENGTH = 200;

  private final ValueReader reader;
  private final int k;

  /** Text to users per cluster; null from too many texts on. */
  private Map<String, Level> levels = new HashMap<>();

  /** By cluster, of the values that no level counts. */
  private final ValueSums[] sums;

  /** One text. */
  private static final class Level {
    private final ReadValue value;

    /** By cluster. */
    private final long[] users;

    Level(ReadValue value, int k) {
      this.value = value;
      this.users = new long[k];
    }
  }

  ColumnValues(ValueReader reader, int k) {
    this.reader = reader;
    this.k = k;
    this.sums = new ValueSums[k];
    Arrays.setAll(sums, j -> new ValueSums());
  }

  /** Adds the value of a user; blank text and the texts for missing values add nothing. */
  void add(int cluster, byte[] utf8, int from, int to) {
    String text = reader.present(utf8, from, to);
    if (text == null) {
      return;
    }
    if (levels != null && text.length() > MAX_LEVEL_LENGTH) {
      forgetLevels();
    }
    if (levels == null) {
      sums[cluster].add(reader.value(text), 1);
    } else {
      level(text).users[cluster]++;
      forgetTooManyLevels();
    }
  }

  private Level level(String text) {
    return levels.computeIfAbsent(text, each -> new Level(reader.value(each), k));
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
        Level own = level(each.getKey());
        for (int j = 0; j < k; j++) {
          own.users[j] += each.getValue().users[j];
        }
        forgetTooManyLevels();
      }
    }
  }

  /** Whether each text is counted. */
  boolean hasLevels() {
    return levels != null;
  }

  /** The texts in their order, each with its users by cluster. */
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
      for (Map.Entry<String, long[]> each : levels().entrySet()) {
        out.writeUTF(each.getKey());
        for (long users : each.getValue()) {
          out.writeLong(users);
        }
      }
    }
  }

  static ColumnValues read(DataInput in, ValueReader reader, int k) throws IOException {
    ColumnValues values = new ColumnValues(reader, k);
    for (int j = 0; j < k; j++) {
      values.sums[j].merge(ValueSums.read(in));
    }
    int levels = in.readInt();
    if (levels < 0) {
      values.levels = null;
    }
    for (; levels > 0; levels--) {
      long[] users = values.level(in.readUTF()).users;
      for (int j = 0; j < k; j++) {
        users[j] = in.readLong();
      }
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
