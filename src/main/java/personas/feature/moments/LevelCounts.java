package personas.feature.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import personas.feature.FrequentLevels;

/**
 * Counts of users for each value of category columns. The counts are exact and can be merged in any
 * order; merging empty counts changes nothing.
 *
 * <p>The size is bounded. A value that {@link FrequentLevels#canBeLevel} does not accept adds to
 * {@link #users}, but is not counted as a level. A column with more than {@value #MAX_LEVELS}
 * accepted values drops its counts, because it is not a category. The set of all values decides
 * this, not their order.
 */
public final class LevelCounts {
  /** The maximum number of distinct accepted values of a category column. */
  public static final int MAX_LEVELS = 10_000;

  private static final int EXAMPLES = 3;

  private final List<Column> columns = new ArrayList<>();

  /** The counts of one column. */
  private static final class Column {
    /** The number of users of each value; null if there are too many values. */
    private Map<String, Long> levels = new HashMap<>();

    /** The first values by {@link String#compareTo}, if there are too many values. */
    private final TreeSet<String> examples = new TreeSet<>();

    /** The number of users with a value. */
    private long users;

    void add(String value, long count) {
      if (levels == null) {
        addExamples(Stream.of(value));
        return;
      }
      levels.merge(value, count, Long::sum);
      if (levels.size() > MAX_LEVELS) {
        dropLevels();
      }
    }

    /** Keeps only examples of the values. */
    private void dropLevels() {
      Set<String> values = levels.keySet();
      levels = null;
      addExamples(values.stream());
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
        dropLevels();
      }
      addExamples(other.examples.stream());
    }
  }

  /**
   * Creates empty counts.
   *
   * @param columns the number of category columns
   */
  public LevelCounts(int columns) {
    for (int c = 0; c < columns; c++) {
      this.columns.add(new Column());
    }
  }

  /**
   * Counts users.
   *
   * @param column the index of the category column
   * @param value the value without surrounding blanks
   * @param count the number of users with the value; 0 adds nothing
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

  /** Adds the counts of other users, without changing {@code other}. */
  public void merge(LevelCounts other) {
    for (int c = 0; c < columns.size(); c++) {
      columns.get(c).merge(other.columns.get(c));
    }
  }

  /** Returns whether a column has more than {@value #MAX_LEVELS} distinct values. */
  public boolean hasTooManyLevels(int column) {
    return columns.get(column).levels == null;
  }

  /**
   * Returns the number of users of each value of a column, sorted by value. Requires that the
   * column does not have {@link #hasTooManyLevels too many levels}.
   */
  public SortedMap<String, Long> levels(int column) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(columns.get(column).levels));
  }

  /**
   * Returns the first three values, by {@link String#compareTo}, of a column with too many values;
   * an empty list for another column.
   */
  public List<String> examples(int column) {
    return List.copyOf(columns.get(column).examples);
  }

  /** Returns the number of users who have a value in a column. */
  public long users(int column) {
    return columns.get(column).users;
  }

  /** Writes the counts. Equal counts give equal bytes. */
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

  /** Reads counts that {@link #write} wrote. */
  public static LevelCounts read(DataInput in) throws IOException {
    LevelCounts counts = new LevelCounts(in.readInt());
    for (Column column : counts.columns) {
      column.users = in.readLong();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
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
    boolean isEqual = true;
    for (int c = 0; c < columns.size() && isEqual; c++) {
      Column column = columns.get(c);
      Column otherColumn = that.columns.get(c);
      isEqual =
          column.users == otherColumn.users
              && column.examples.equals(otherColumn.examples)
              && Objects.equals(column.levels, otherColumn.levels);
    }
    return isEqual;
  }

  @Override
  public int hashCode() {
    return columns.stream().map(column -> column.users).toList().hashCode();
  }
}
