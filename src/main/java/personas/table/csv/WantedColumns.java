package personas.table.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import personas.feature.UserSchema;

/** The columns of a CSV file whose text is used: the id, the numbers and the copied columns. */
final class WantedColumns {
  private final int fields;
  private final int[] places;
  private final List<String> names = new ArrayList<>();

  WantedColumns(UserSchema schema, CsvLayout layout) {
    this.fields = layout.columns();
    IntStream.Builder columns = IntStream.builder();
    if (layout.id() >= 0) {
      names.add(schema.idColumn());
      columns.add(layout.id());
    }
    schema.numbers().forEach(number -> names.add(number.column()));
    layout.features().forEach(columns::add);
    names.addAll(schema.passThrough());
    layout.passThrough().forEach(columns::add);
    this.places = columns.build().toArray();
  }

  /**
   * Finds a column by its field in a record.
   *
   * @param property of the place of the field
   * @return the first wanted column whose field has the property, counted among the wanted columns;
   *     -1 if there is none
   */
  int first(IntPredicate property) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] < fields && property.test(places[i])) {
        return i;
      }
    }
    return -1;
  }

  /** The name of a wanted column. */
  String name(int wanted) {
    return names.get(wanted);
  }

  /** The place of a wanted column in a record. */
  int place(int wanted) {
    return places[wanted];
  }
}
