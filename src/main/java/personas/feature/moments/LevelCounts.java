package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import personas.feature.FrequentLevels;

/**
 * How many users have each value of some category columns. Exact and mergeable in any order; counts
 * of no users are the identity.
 *
 * <p>The counts are bounded. A value that {@link FrequentLevels#canBeLevel} refuses counts among
 * the users only. A column with more than {@value #MAX_LEVELS} other values forgets its counts,
 * because it is not a category. The set of all values decides this, and not their order.
 */
public final class LevelCounts {
  /** The largest number of different values that a category column may have. */
  public static final int MAX_LEVELS = 10_000;

  private static final int EXAMPLES = 3;

  private final List<Column> columns = new ArrayList<>();

  /** One column. */
  private static final class Column {
    /** Users by value; null if there are too many values. */
    private Map<String, Long> levels = new HashMap<>();

    /** The first values in the order of their texts, if there are too many. */
    private final TreeSet<String> examples = new TreeSet<>();

    /** Users with any value. */
    private long users;

    void add(String value, long count) {
      if (levels == null) {
        addExamples(Stream.of(value));
        return;
      }
      levels.merge(value, count, Long::sum);
      if (levels.size() > MAX_LEVELS) {
        Map<String, Long> forgotten = levels;
        levels = null;
        addExamples(forgotten.keySet().stream());
      }
    }

    private void addExamples(Stream<String> values) {
      values.forEach(
          value -> {
            examples.add(value);
            if (examples.size() > EXAMPLES) {
              examples.pollLast();
            }
          });
    }

    void merge(Column other) {
      users += other.users;
      if (other.levels != null) {
        other.levels.forEach(this::add);
        return;
      }
      if (levels != null) {
        Map<String, Long> forgotten = levels;
        levels = null;
        addExamples(forgotten.keySet().stream());
      }
      addExamples(other.examples.stream());
    }
  }

  /**
   * Counts of no users.
   *
   * @param columns how many category columns are counted
   */
  public LevelCounts(int columns) {
    for (int c = 0; c < columns; c++) {
      this.columns.add(new Column());
    }
  }

  /**
   * Counts users.
   *
   * @param column the place of the category column, from 0
   * @param value the value, without blanks around it
   * @param count how many users have the value; nothing is counted if it is 0
   */
  public void add(int column, String value, long count) {
    if (count == 0) {
      return;
    }
    columns.get(column).users += count;
    if (FrequentLevels.canBeLevel(value)) {
      columns.get(column).add(value, count);
    }
  }

  /** Adds the counts of other users; changes the other counts in no way. */
  public void merge(LevelCounts other) {
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).merge(other.columns.get(c));
    }
  }

  /** Whether a column has more than {@value #MAX_LEVELS} different values. */
  public boolean hasTooManyLevels(int column) {
    return columns.get(column).levels == null;
  }

  /** The values of a column in the order of their texts, each with its users. */
  public SortedMap<String, Long> levels(int column) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(columns.get(column).levels));
  }

  /** The first three values of a column with too many, in the order of their texts. */
  public List<String> examples(int column) {
    return List.copyOf(columns.get(column).examples);
  }

  /** The users who have any value in a column. */
  public long users(int column) {
    return columns.get(column).users;
  }

  /** Writes the counts; equal counts write equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      Column column = columns.get(c);
      out.writeLong(column.users);
      out.writeInt(column.examples.size());
      for (String example : column.examples) {
        out.writeUTF(example);
      }
      out.writeInt(column.levels == null ? -1 : column.levels.size());
      if (column.levels != null) {
        for (Map.Entry<String, Long> level : levels(c).entrySet()) {
          out.writeUTF(level.getKey());
          out.writeLong(level.getValue());
        }
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static LevelCounts read(DataInput in) throws IOException {
    LevelCounts counts = new LevelCounts(in.readInt());
    for (Column column : counts.columns) {
      column.users = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        column.examples.add(in.readUTF());
      }
      int levels = in.readInt();
      if (levels < 0) {
        column.levels = null;
      }
      for (; levels > 0; levels--) {
        column.levels.put(in.readUTF(), in.readLong());
      }
    }
    return counts;
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LevelCounts that) || columns.size() != that.columns.size()) {
      return false;
    }
    boolean same = true;
    for (int c = 0; c < columns.size() && same; c++) {
      Column own = columns.get(c);
      Column others = that.columns.get(c);
      same =
          own.users == others.users
              && own.examples.equals(others.examples)
              && (own.levels == null ? others.levels == null : own.levels.equals(others.levels));
    }
    return same;
  }

  @Override
  public int hashCode() {
    return columns.stream().map(column -> column.users).toList().hashCode();
  }
}
