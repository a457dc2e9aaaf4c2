package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import personas.text.CsvFields;

/** The values of all described columns, by cluster. Values can be merged in any order. */
public final class DescribedUsers {
  private final List<DescribedColumn> columns;
  private final int k;

  /** The values of each column. */
  private final List<ColumnValues> values;

  /**
   * Creates values of 0 users.
   *
   * @param columns the described columns
   * @param k number of clusters
   */
  public DescribedUsers(List<DescribedColumn> columns, int k) {
    this(columns, k, Stream.generate(() -> new ColumnValues(k)).limit(columns.size()).toList());
  }

  private DescribedUsers(List<DescribedColumn> columns, int k, List<ColumnValues> values) {
    this.columns = List.copyOf(columns);
    this.k = k;
    this.values = values;
  }

  /** Returns values of 0 users for the same columns and clusters. */
  public DescribedUsers empty() {
    return new DescribedUsers(columns, k);
  }

  /**
   * Adds the users of a record.
   *
   * @param cluster the index of the cluster
   * @param copies number of users of the record; 0 adds nothing
   * @param fields the copied fields of the record
   * @param fieldIndexes the index of each described column among the fields
   * @param reader reads values in the syntax of the input
   */
  public void add(
      int cluster, int copies, CsvFields fields, int[] fieldIndexes, ValueReader reader) {
    for (int c = 0; c < fieldIndexes.length && copies > 0; c++) {
      int fieldIndex = fieldIndexes[c];
      String text =
          reader.presentText(fields.bytes(), fields.from(fieldIndex), fields.to(fieldIndex));
      if (text != null) {
        values.get(c).add(cluster, copies, text, reader);
      }
    }
  }

  /** Adds the values of other users, which stay as they are. */
  public void merge(DescribedUsers other) {
    for (int c = 0; c < values.size(); c++) {
      values.get(c).merge(other.values.get(c));
    }
  }

  int k() {
    return k;
  }

  List<DescribedColumn> columns() {
    return columns;
  }

  ColumnValues values(int column) {
    return values.get(column);
  }

  /** Writes the values. Equal values are written as equal bytes. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(k);
    out.writeInt(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      DescribedType type = columns.get(c).type();
      out.writeUTF(columns.get(c).name());
      out.writeUTF(type == null ? "" : type.name());
      values.get(c).write(out);
    }
  }

  /** Reads values that {@link #write} wrote. */
  public static DescribedUsers read(DataInput in) throws IOException {
    int k = in.readInt();
    List<DescribedColumn> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int remaining = in.readInt(); remaining > 0; remaining--) {
      String name = in.readUTF();
      String type = in.readUTF();
      columns.add(new DescribedColumn(name, type.isEmpty() ? null : DescribedType.valueOf(type)));
      values.add(ColumnValues.read(in, k));
    }
    return new DescribedUsers(columns, k, values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DescribedUsers that
        && columns.equals(that.columns)
        && k == that.k
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
