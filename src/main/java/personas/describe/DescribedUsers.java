package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import personas.text.CsvFields;

/** The values of all described columns, by cluster. Mergeable in any order. */
public final class DescribedUsers {
  private final List<DescribedColumn> columns;
  private final int k;

  /** One element for each column. */
  private final List<ColumnValues> values;

  /**
   * The columns without users.
   *
   * @param columns that are described
   * @param k clusters
   */
  public DescribedUsers(List<DescribedColumn> columns, int k) {
    this(columns, k, Stream.generate(() -> new ColumnValues(k)).limit(columns.size()).toList());
  }

  private DescribedUsers(List<DescribedColumn> columns, int k, List<ColumnValues> values) {
    this.columns = List.copyOf(columns);
    this.k = k;
    this.values = values;
  }

  /** Returns the same columns without users. */
  public DescribedUsers empty() {
    return new DescribedUsers(columns, k);
  }

  /**
   * Adds the users that a record stands for.
   *
   * @param copies how many users that are; 0 adds nothing
   * @param fields the copied fields of the record
   * @param places the place of each described column among these fields
   * @param reader of the input's syntax
   */
  public void add(int cluster, int copies, CsvFields fields, int[] places, ValueReader reader) {
    for (int c = 0; c < places.length && copies > 0; c++) {
      int place = places[c];
      String text = reader.present(fields.bytes(), fields.from(place), fields.to(place));
      if (text != null) {
        values.get(c).add(cluster, copies, text, reader);
      }
    }
  }

  /** Adds the users of the other, which does not change. */
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

  /** Writes the values; equal values write equal bytes. */
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

  /** Reads what {@link #write} wrote. */
  public static DescribedUsers read(DataInput in) throws IOException {
    int k = in.readInt();
    List<DescribedColumn> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
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
