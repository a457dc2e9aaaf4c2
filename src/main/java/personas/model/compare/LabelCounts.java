package personas.model.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import personas.text.TerminalText;

/**
 * The number of users for each pair of labels in two tables. Counts can be merged in any order.
 *
 * @param earlier the labels of the earlier table, sorted
 * @param later the labels of the later table, sorted
 * @param counts the numbers of users, by the indices of their labels in these lists
 */
public record LabelCounts(List<String> earlier, List<String> later, MigrationCounts counts)
    implements Serializable {
  /** The largest number of different labels of a table. */
  public static final int MAX_LABELS = 500;

  /** Counts of 0 users without labels. */
  public static final LabelCounts NONE =
      new LabelCounts(List.of(), List.of(), new MigrationCounts(new long[0], 0));

  public LabelCounts {
    earlier = List.copyOf(earlier);
    later = List.copyOf(later);
  }

  /**
   * Returns the error message for a table with more than {@link #MAX_LABELS} labels.
   *
   * @param column the name of the column
   * @param label an example of a label
   */
  public static String tooMany(String column, String label) {
    return String.format(
        Locale.ROOT,
        "column %s has more than %d different texts, for example %s; choose a column that names the"
            + " group of each user, such as the persona",
        column,
        MAX_LABELS,
        TerminalText.line(label, 40));
  }

  /** Returns the sum of these counts and the counts of other users. */
  public LabelCounts with(LabelCounts other) {
    List<String> rows = union(earlier, other.earlier);
    List<String> columns = union(later, other.later);
    MigrationCounts sum = ordered(rows, columns);
    sum.mergeOtherUsers(other.ordered(rows, columns));
    return new LabelCounts(rows, columns, sum);
  }

  private static List<String> union(List<String> first, List<String> second) {
    TreeSet<String> union = new TreeSet<>(first);
    union.addAll(second);
    return List.copyOf(union);
  }

  /**
   * Returns the counts with the given rows and columns, in their order.
   *
   * @param rows all labels of the earlier table, and possibly more
   * @param columns all labels of the later table, and possibly more
   */
  public MigrationCounts ordered(List<String> rows, List<String> columns) {
    int[] rowIndices = earlier.stream().mapToInt(rows::indexOf).toArray();
    int[] columnIndices = later.stream().mapToInt(columns::indexOf).toArray();
    return counts.reindexed(rowIndices, columnIndices, rows.size(), columns.size());
  }

  /** Writes the labels and the counts. */
  public void write(DataOutput out) throws IOException {
    write(earlier, out);
    write(later, out);
    counts.write(out);
  }

  private static void write(List<String> labels, DataOutput out) throws IOException {
    out.writeInt(labels.size());
    for (String label : labels) {
      out.writeUTF(label);
    }
  }

  /** Reads counts that {@link #write} wrote. */
  public static LabelCounts read(DataInput in) throws IOException {
    return new LabelCounts(readLabels(in), readLabels(in), MigrationCounts.read(in));
  }

  private static List<String> readLabels(DataInput in) throws IOException {
    List<String> labels = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      labels.add(in.readUTF());
    }
    return labels;
  }
}
