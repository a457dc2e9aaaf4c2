package personas.table.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import personas.feature.UserSchema;

/** The columns of a CSV file that the program uses: the id, the numbers and the copied columns. */
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
   * Returns the first used column whose field has a property, counted among the used columns.
   *
   * @param property tests the place of a field in a record
   * @return the index of the column; -1 if no used column has the property
   */
  int first(IntPredicate property) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] < fields && property.test(places[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the name of a used column. */
  String name(int wanted) {
    return names.get(wanted);
  }

  /** Returns the place of a used column in a record. */
  int place(int wanted) {
    return places[wanted];
  }
}
