package personas.table.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A column of a Parquet file: a field of the rows, or a field of a group within the rows. The
 * column {@code a.b} is the field {@code b} of the group {@code a}. If the group is null, the
 * column is null.
 *
 * @param path the names of the fields, from the row to the innermost field
 * @param type the type of the innermost field
 */
record ParquetColumn(List<String> path, Type type) {
  /** Returns the fields of a row and of the groups within the row, in the order of the file. */
  static List<ParquetColumn> columnsOf(MessageType row) {
    List<ParquetColumn> columns = new ArrayList<>();
    addFields(row, List.of(), columns);
    return columns;
  }

  private static void addFields(GroupType group, List<String> outer, List<ParquetColumn> columns) {
    for (Type field : group.getFields()) {
      List<String> path = new ArrayList<>(outer);
      path.add(field.getName());
      columns.add(new ParquetColumn(List.copyOf(path), field));
      boolean isRecord =
          !field.isPrimitive()
              && !field.isRepetition(Type.Repetition.REPEATED)
              && field.getLogicalTypeAnnotation() == null;
      if (isRecord) {
        addFields(field.asGroupType(), path, columns);
      }
    }
  }

  /** Returns the name of the column in a spec. */
  String name() {
    return String.join(".", path);
  }

  /** Returns the schema of a row with only the given columns. */
  static MessageType row(MessageType fileSchema, List<ParquetColumn> columns) {
    List<Type> fields = new ArrayList<>();
    for (Type field : fileSchema.getFields()) {
      addSelected(field, List.of(), columns, fields);
    }
    return new MessageType(fileSchema.getName(), fields);
  }

  private static void addSelected(
      Type field, List<String> outer, List<ParquetColumn> columns, List<Type> selected) {
    List<String> path = new ArrayList<>(outer);
    path.add(field.getName());
    if (columns.stream().anyMatch(column -> column.path.equals(path))) {
      selected.add(field);
    } else if (!field.isPrimitive()) {
      List<Type> inner = new ArrayList<>();
      field.asGroupType().getFields().forEach(child -> addSelected(child, path, columns, inner));
      if (!inner.isEmpty()) {
        selected.add(field.asGroupType().withNewFields(inner));
      }
    }
  }
}
