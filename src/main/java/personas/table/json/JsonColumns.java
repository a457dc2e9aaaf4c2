package personas.table.json;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.PartitionColumns;
import personas.table.RequiredColumns;

/** The keys of JSON lines that are read, and the index of each value. Immutable. */
public final class JsonColumns {
  private final String idColumn;

  /** The index of each feature's column among the values of a line. */
  private final Map<String, Integer> columns = new HashMap<>();

  /** For each feature the index of its column. The levels of a category share one column. */
  private final List<Integer> valueIndexes;

  private final List<String> passThrough;

  /** The names of objects whose keys are read. */
  private final Set<String> objects = new HashSet<>();

  // The values of partition columns, in the order of the values and of the pass-through columns.
  private final String[] partitionValues;
  private final String[] partitionCopies;

  private JsonColumns(UserSchema schema, PartitionColumns folders) {
    this.idColumn = schema.idColumn();
    this.passThrough = schema.passThrough();
    List<String> featureColumns = schema.numbers().stream().map(Feature::column).toList();
    featureColumns.forEach(column -> columns.putIfAbsent(column, columns.size()));
    this.valueIndexes = featureColumns.stream().map(columns::get).toList();
    for (String wanted : RequiredColumns.of(schema).names()) {
      for (int dot = wanted.indexOf('.'); dot >= 0; dot = wanted.indexOf('.', dot + 1)) {
        objects.add(wanted.substring(0, dot));
      }
    }
    this.partitionValues = new String[columns.size()];
    columns.forEach((column, index) -> partitionValues[index] = folders.value(column));
    this.partitionCopies = passThrough.stream().map(folders::value).toArray(String[]::new);
  }

  /** Returns the keys of a file. Its folders may hold partition columns. */
  public static JsonColumns ofFile(UserSchema schema, String file) {
    return new JsonColumns(schema, PartitionColumns.of(file));
  }

  /** Returns the keys of messages. */
  public static JsonColumns ofMessages(UserSchema schema) {
    return new JsonColumns(schema, PartitionColumns.of(""));
  }

  /** Returns the key of the id, or null if records are identified by their position. */
  String idColumn() {
    return idColumn;
  }

  /** Returns the number of values that features need from a line. */
  int valueCount() {
    return columns.size();
  }

  /** Returns the index of a column among the values, or null if no feature uses the column. */
  Integer valueIndex(String column) {
    return columns.get(column);
  }

  /** Returns the number of features, including the weight. */
  int featureCount() {
    return valueIndexes.size();
  }

  /** Returns the index of a feature's column among the values. */
  int valueIndexOf(int feature) {
    return valueIndexes.get(feature);
  }

  /** Returns the keys of the pass-through columns. */
  List<String> passThrough() {
    return passThrough;
  }

  /** Returns whether keys within an object of this name are read. */
  boolean isObject(String key) {
    return objects.contains(key);
  }

  /** Returns whether keys within any object are read. */
  boolean hasObjects() {
    return !objects.isEmpty();
  }

  /**
   * Resets the arrays before a line is read: the elements of partition columns get their values,
   * and all other elements become null.
   *
   * @param values the values of features
   * @param copied the values of pass-through columns
   */
  void reset(String[] values, String[] copied) {
    System.arraycopy(partitionValues, 0, values, 0, values.length);
    System.arraycopy(partitionCopies, 0, copied, 0, copied.length);
  }
}
