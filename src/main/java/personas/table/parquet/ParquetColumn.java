package personas.table.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A column of a Parquet file: a field of its rows, or of a group within them. The column {@code
 * a.b} is the field {@code b} of the group {@code a}. Where the group is null, so is the column.
 *
 * @param path the names of the fields, from the row inward
 * @param type of the innermost field
 */
record ParquetColumn(List<String> path, Type type) {
  /** The fields of a row, and those of the groups within it, in the order of the file. */
  static List<ParquetColumn> all(MessageType row) {
    List<ParquetColumn> all = new ArrayList<>();
    addFields(row, List.of(), all);
    return all;
  }

  private static void addFields(GroupType group, List<String> outer, List<ParquetColumn> all) {
    for (Type field : group.getFields()) {
      List<String> path = new ArrayList<>(outer);
      path.add(field.getName());
      all.add(new ParquetColumn(List.copyOf(path), field));
      boolean isRecord =
          !field.isPrimitive()
              && !field.isRepetition(Type.Repetition.REPEATED)
              && field.getLogicalTypeAnnotation() == null;
      if (isRecord) {
        addFields(field.asGroupType(), path, all);
      }
    }
  }

  /** The name of the column in a spec. */
  String name() {
    return String.join(".", path);
  }

  /** The row with these columns alone. */
  static MessageType row(MessageType written, List<ParquetColumn> columns) {
    List<Type> fields = new ArrayList<>();
    for (Type field : written.getFields()) {
      addSelected(field, List.of(), columns, fields);
    }
    return new MessageType(written.getName(), fields);
  }

  private static void addSelected(
      Type field, List<String> outer, List<ParquetColumn> columns, List<Type> selected) {
    List<String> path = new ArrayList<>(outer);
    path.add(field.getName());
    if (columns.stream().anyMatch(column -> column.path.equals(path))) {
      selected.add(field);
    } else if (!field.isPrimitive()) {
      List<Type> inner = new ArrayList<>();
      field.asGroupType().getFields().forEach(each -> addSelected(each, path, columns, inner));
      if (!inner.isEmpty()) {
        selected.add(field.asGroupType().withNewFields(inner));
      }
    }
  }
}
