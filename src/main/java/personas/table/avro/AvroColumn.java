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
 * @param places the position of each field in its record
 * @param type the type of the innermost field
 * @param times the meaning of a count of nanoseconds since 1970, which Avro does not convert
 */
record AvroColumn(List<String> names, List<Integer> places, Schema type, NanoTimes times) {
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

  enum NanoTimes {
    NONE,
    INSTANT,
    LOCAL
  }

  private AvroColumn(List<String> names, List<Integer> places, Schema type) {
    this(names, places, type, times(type));
  }

  private static NanoTimes times(Schema type) {
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
              append(outer.names, field.name()), append(outer.places, field.pos()), field.schema());
      columns.add(column);
      column.record().ifPresent(inner -> addFields(inner, column, columns));
    }
  }

  private static <T> List<T> append(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return List.copyOf(longer);
  }

  /** Returns the type of a column that holds a record, nullable or not; empty for another type. */
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

  /** Returns the name of the row's field that holds the column. */
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

  /** Returns the column for rows in which the row's field has another position. */
  AvroColumn movedTo(int place) {
    List<Integer> moved = new ArrayList<>(places);
    moved.set(0, place);
    return new AvroColumn(names, List.copyOf(moved), type, times);
  }

  /** Returns the value in a row, or null if it is missing. */
  Object value(IndexedRecord row) {
    Object value = row;
    for (int place : places) {
      if (value == null) {
        return null;
      }
      value = ((IndexedRecord) value).get(place);
    }
    if (times != NanoTimes.NONE && value instanceof Long count) {
      Instant instant = Instant.EPOCH.plusNanos(count);
      return times == NanoTimes.INSTANT
          ? instant
          : instant.atOffset(ZoneOffset.UTC).toLocalDateTime();
    }
    return value;
  }
}
