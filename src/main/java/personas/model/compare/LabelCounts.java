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
 * How many users have which labels in two tables. Mergeable in any order.
 *
 * @param earlier the labels of the earlier table, in the order of their characters
 * @param later the labels of the later table, in the order of their characters
 * @param counts the users, by the places of their labels
 */
public record LabelCounts(List<String> earlier, List<String> later, MigrationCounts counts)
    implements Serializable {
  /** The largest number of labels of a table. */
  public static final int MAX_LABELS = 500;

  /** The counts of no user. */
  public static final LabelCounts NONE =
      new LabelCounts(List.of(), List.of(), new MigrationCounts(new long[0], 0));

  public LabelCounts {
    earlier = List.copyOf(earlier);
    later = List.copyOf(later);
  }

  /**
   * Why a table with more than {@link #MAX_LABELS} labels is refused.
   *
   * @param label one of them
   */
  public static String tooMany(String column, String label) {
    return String.format(
        Locale.ROOT,
        "column %s has more than %d different texts, for example %s; the label of a user names a"
            + " group of users",
        column,
        MAX_LABELS,
        TerminalText.line(label, 40));
  }

  /** The counts of the users of both; a user is in one of them only. */
  public LabelCounts with(LabelCounts other) {
    List<String> rows = union(earlier, other.earlier);
    List<String> columns = union(later, other.later);
    MigrationCounts all = ordered(rows, columns);
    all.mergeOtherUsers(other.ordered(rows, columns));
    return new LabelCounts(rows, columns, all);
  }

  private static List<String> union(List<String> some, List<String> others) {
    TreeSet<String> all = new TreeSet<>(some);
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * The counts with a row for each of {@code rows} and a column for each of {@code columns}, in
   * these orders.
   *
   * @param rows all labels of the earlier table, and perhaps others
   * @param columns all labels of the later table, and perhaps others
   */
  public MigrationCounts ordered(List<String> rows, List<String> columns) {
    int[] rowPlaces = earlier.stream().mapToInt(rows::indexOf).toArray();
    int[] columnPlaces = later.stream().mapToInt(columns::indexOf).toArray();
    return counts.moved(rowPlaces, columnPlaces, rows.size(), columns.size());
  }

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

  /** Reads what {@link #write} wrote. */
  public static LabelCounts read(DataInput in) throws IOException {
    return new LabelCounts(readLabels(in), readLabels(in), MigrationCounts.read(in));
  }

  private static List<String> readLabels(DataInput in) throws IOException {
    List<String> labels = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      labels.add(in.readUTF());
    }
    return labels;
  }
}
