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
 * A column of an Avro file: a field of its rows, or of a record within them. The column {@code a.b}
 * is the field {@code b} of the record {@code a}. Where the record is null, so is the column.
 *
 * @param names of the fields, from the row inward
 * @param places the position of each field in its record
 * @param type of the innermost field
 * @param times how a count of nanoseconds since 1970 is meant, for which Avro has no conversion
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

  /** The fields of a row, and those of the records within it, in the order of the file. */
  static List<AvroColumn> all(Schema row) {
    List<AvroColumn> all = new ArrayList<>();
    addFields(row, new AvroColumn(List.of(), List.of(), row), all);
    return all;
  }

  private static void addFields(Schema row, AvroColumn outer, List<AvroColumn> all) {
    for (Schema.Field field : row.getFields()) {
      AvroColumn column =
          new AvroColumn(
              with(outer.names, field.name()), with(outer.places, field.pos()), field.schema());
      all.add(column);
      column.record().ifPresent(inner -> addFields(inner, column, all));
    }
  }

  private static <T> List<T> with(List<T> some, T last) {
    List<T> all = new ArrayList<>(some);
    all.add(last);
    return List.copyOf(all);
  }

  /** The record that the column holds, also beside null; empty if it holds another type. */
  private Optional<Schema> record() {
    List<Schema> types =
        branches().stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return types.size() == 1 && types.get(0).getType() == Schema.Type.RECORD
        ? Optional.of(types.get(0))
        : Optional.empty();
  }

  /** The name of the column in a spec. */
  String name() {
    return String.join(".", names);
  }

  /** The name of the field of the row that holds the column. */
  String topName() {
    return names.get(0);
  }

  /** The types that a value may have. */
  List<Schema> branches() {
    return branches(type);
  }

  private static List<Schema> branches(Schema type) {
    return type.isUnion() ? type.getTypes() : List.of(type);
  }

  /** A type that is not the type of one value; empty if every value is one. */
  Optional<Schema> notScalar() {
    return branches().stream()
        .filter(
            branch ->
                !SCALARS.contains(branch.getType())
                    && !(branch.getLogicalType() instanceof LogicalTypes.Decimal))
        .findFirst();
  }

  /** The same column of rows in which the field of the row stands in another place. */
  AvroColumn movedTo(int place) {
    List<Integer> moved = new ArrayList<>(places);
    moved.set(0, place);
    return new AvroColumn(names, List.copyOf(moved), type, times);
  }

  /** The value of a row; null if it has none. */
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
