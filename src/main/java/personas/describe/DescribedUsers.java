package personas.describe;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.feature.TextSyntax;
import personas.text.CsvFields;

/** The values of all described columns, by cluster. Mergeable in any order. */
public final class DescribedUsers {
  private final List<DescribedColumn> columns;
  private final TextSyntax syntax;
  private final int k;
  private final List<ColumnValues> values = new ArrayList<>();

  /**
   * No user yet.
   *
   * @param columns that are described
   * @param syntax how the input writes missing values and numbers
   * @param k clusters
   */
  public DescribedUsers(List<DescribedColumn> columns, TextSyntax syntax, int k) {
    this.columns = List.copyOf(columns);
    this.syntax = syntax;
    this.k = k;
    columns.forEach(column -> values.add(new ColumnValues(new ValueReader(syntax), k)));
  }

  /** The same columns without users. */
  public DescribedUsers empty() {
    return new DescribedUsers(columns, syntax, k);
  }

  /**
   * Adds a user.
   *
   * @param fields copied fields of the user's record
   * @param places the place of each described column among these fields
   */
  public void add(int cluster, CsvFields fields, int[] places) {
    for (int c = 0; c < places.length; c++) {
      int place = places[c];
      values.get(c).add(cluster, fields.bytes(), fields.from(place), fields.to(place));
    }
  }

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
    writeMark(syntax.decimal(), out);
    writeMark(syntax.thousands(), out);
    out.writeInt(syntax.missingTokens().size());
    for (String token : syntax.missingTokens()) {
      out.writeUTF(token);
    }
    out.writeInt(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      DescribedType type = columns.get(c).type();
      out.writeUTF(columns.get(c).name());
      out.writeUTF(type == null ? "" : type.name());
      values.get(c).write(out);
    }
  }

  private static void writeMark(Character mark, DataOutput out) throws IOException {
    out.writeChar(mark == null ? 0 : mark);
  }

  /** Reads what {@link #write} wrote. */
  public static DescribedUsers read(DataInput in) throws IOException {
    int k = in.readInt();
    Character decimal = readMark(in);
    Character thousands = readMark(in);
    List<String> missing = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      missing.add(in.readUTF());
    }
    TextSyntax syntax = new TextSyntax(missing, decimal, thousands, null);
    List<DescribedColumn> columns = new ArrayList<>();
    List<ColumnValues> values = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      String type = in.readUTF();
      columns.add(new DescribedColumn(name, type.isEmpty() ? null : DescribedType.valueOf(type)));
      values.add(ColumnValues.read(in, new ValueReader(syntax), k));
    }
    DescribedUsers users = new DescribedUsers(columns, syntax, k);
    users.values.clear();
    users.values.addAll(values);
    return users;
  }

  private static Character readMark(DataInput in) throws IOException {
    char mark = in.readChar();
    return mark == 0 ? null : mark;
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
