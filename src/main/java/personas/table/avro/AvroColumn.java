package personas.table.avro;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * A column of an Avro file: a field of the rows, or a field of a record within the rows. The column
 * {@code a.b} is the field {@code b} of the record {@code a}. If the record is null, the column is
 * null.
 *
 * @param names the names of the fields, from the row to the innermost field
 * @param positions the position of each field in its record
 * @param type the type of the innermost field
 * @param nanoTimes how the values count nanoseconds since 1970, if they do; the library of Avro
 *     does not convert such values
 */
record AvroColumn(List<String> names, List<Integer> positions, Schema type, NanoTimes nanoTimes) {
  private static final Set<Schema.Type> SCALARS =
      Set.of(
          Schema.Type.NULL,
          Schema.Type.STRING,
          Schema.Type.ENUM,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BOOLEAN);

  /** The meaning of a value that may count nanoseconds. */
  enum NanoTimes {
    /** The values do not count nanoseconds. */
    NONE,
    /** The nanoseconds since 1970-01-01T00:00Z. */
    INSTANT,
    /** The nanoseconds since 1970-01-01T00:00 in a time zone that the file does not state. */
    LOCAL
  }

  private AvroColumn(List<String> names, List<Integer> positions, Schema type) {
    this(names, positions, type, nanoTimes(type));
  }

  private static NanoTimes nanoTimes(Schema type) {
    for (Schema branch : branches(type)) {
      String name = String.valueOf(branch.getProp("logicalType"));
      if (branch.getType() == Schema.Type.LONG && name.endsWith("timestamp-nanos")) {
        return name.startsWith("local-") ? NanoTimes.LOCAL : NanoTimes.INSTANT;
      }
    }
    return NanoTimes.NONE;
  }

  /** Returns the fields of a row and of the records within the row, in the order of the file. */
  static List<AvroColumn> columnsOf(Schema row) {
    List<AvroColumn> columns = new ArrayList<>();
    addFields(row, new AvroColumn(List.of(), List.of(), row), columns);
    return columns;
  }

  private static void addFields(Schema row, AvroColumn outer, List<AvroColumn> columns) {
    for (Schema.Field field : row.getFields()) {
      AvroColumn column =
          new AvroColumn(
              append(outer.names, field.name()),
              append(outer.positions, field.pos()),
              field.schema());
      columns.add(column);
      column.record().ifPresent(inner -> addFields(inner, column, columns));
    }
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  /** Returns the type of the record if all values of the column are records or null. */
  private Optional<Schema> record() {
    List<Schema> types =
        branches().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 && types.get(0).getType() == Schema.Type.RECORD
        ? Optional.of(types.get(0))
        : Optional.empty();
  }

  /** Returns the name of the column in a spec. */
  String name() {
    return String.join(".", names);
  }

  /** Returns the name of the field of the row in which the column lies. */
  String topName() {
    return names.get(0);
  }

  /** Returns the types that a value may have. */
  List<Schema> branches() {
    return branches(type);
  }

  private static List<Schema> branches(Schema type) {
    return type.isUnion() ? type.getTypes() : List.of(type);
  }

  /** Returns a type of the column that is not scalar, or an empty value if all types are scalar. */
  Optional<Schema> notScalar() {
    return branches().stream()
        .filter(
            branch ->
                !SCALARS.contains(branch.getType())
                    && !(branch.getLogicalType() instanceof LogicalTypes.Decimal))
        .findFirst();
  }

  /** Returns the same column for rows in which the field {@link #topName} has another position. */
  AvroColumn movedTo(int position) {
    List<Integer> moved = new ArrayList<>(positions);
    moved.set(0, position);
    return new AvroColumn(names, List.copyOf(moved), type, nanoTimes);
  }

  /** Returns the value of the column in a row; null if the value or an outer record is null. */
  Object value(IndexedRecord row) {
    Object value = row;
    for (int position : positions) {
      if (value == null) {
        return null;
      }
      value = ((IndexedRecord) value).get(position);
    }
    if (nanoTimes != NanoTimes.NONE && value instanceof Long count) {
      Instant instant = Instant.EPOCH.plusNanos(count);
      return nanoTimes == NanoTimes.INSTANT
          ? instant
          : instant.atOffset(ZoneOffset.UTC).toLocalDateTime();
    }
    return value;
  }
}
