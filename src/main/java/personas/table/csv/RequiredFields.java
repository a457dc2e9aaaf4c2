package personas.table.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import personas.feature.UserSchema;

/**
 * The fields of a CSV record that the program reads: the id, the numbers and the pass-through
 * columns.
 */
final class RequiredFields {
  private final int fields;
  private final int[] indexes;
  private final List<String> names = new ArrayList<>();

  RequiredFields(UserSchema schema, CsvLayout layout) {
    this.fields = layout.columns();
    IntStream.Builder columns = IntStream.builder();
    if (layout.indexes().id() >= 0) {
      names.add(schema.idColumn());
      columns.add(layout.indexes().id());
    }
    schema.numbers().forEach(number -> names.add(number.column()));
    layout.indexes().features().forEach(columns::add);
    names.addAll(schema.passThrough());
    layout.indexes().passThrough().forEach(columns::add);
    this.indexes = columns.build().toArray();
  }

  /**
   * Returns the first required column whose field has a property.
   *
   * @param property tests the index of a field in a record
   * @return the index among the required columns; -1 if no field has the property
   */
  int first(IntPredicate property) {
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i] < fields && property.test(indexes[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the name of a required column. */
  String name(int index) {
    return names.get(index);
  }

  /** Returns the index of the field of a required column in a record. */
  int fieldIndex(int index) {
    return indexes[index];
  }
}
