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

/** Which keys of JSON lines are read, and where the value of each belongs. Immutable. */
public final class JsonColumns {
  private final String idColumn;

  /** The place of each column of a feature among the values of a line. */
  private final Map<String, Integer> columns = new HashMap<>();

  /** Per feature the place of its column; the levels of a category share one. */
  private final List<Integer> places;

  private final List<String> passThrough;

  /** The names of objects whose keys are wanted. */
  private final Set<String> objects = new HashSet<>();

  // The texts that folders name, in the order of the values and of the pass-through columns.
  private final String[] ofFolders;
  private final String[] copiedOfFolders;

  private JsonColumns(UserSchema schema, PartitionColumns folders) {
    this.idColumn = schema.idColumn();
    this.passThrough = schema.passThrough();
    List<String> ofFeatures = schema.numbers().stream().map(Feature::column).toList();
    ofFeatures.forEach(column -> columns.putIfAbsent(column, columns.size()));
    this.places = ofFeatures.stream().map(columns::get).toList();
    for (String wanted : RequiredColumns.of(schema).wanted()) {
      for (int point = wanted.indexOf('.'); point >= 0; point = wanted.indexOf('.', point + 1)) {
        objects.add(wanted.substring(0, point));
      }
    }
    this.ofFolders = new String[columns.size()];
    columns.forEach((column, place) -> ofFolders[place] = folders.value(column));
    this.copiedOfFolders = passThrough.stream().map(folders::value).toArray(String[]::new);
  }

  /** Returns the keys of a file, whose folders may name columns too. */
  public static JsonColumns ofFile(UserSchema schema, String file) {
    return new JsonColumns(schema, PartitionColumns.of(file));
  }

  /** Returns the keys of messages. */
  public static JsonColumns ofMessages(UserSchema schema) {
    return new JsonColumns(schema, PartitionColumns.of(""));
  }

  /** The key of the id; null if records are known by their place. */
  String idColumn() {
    return idColumn;
  }

  /** How many values a line has for features. */
  int values() {
    return columns.size();
  }

  /** The place of a column among the values; null if no feature is read from it. */
  Integer place(String column) {
    return columns.get(column);
  }

  /** How many features there are, and the weight. */
  int features() {
    return places.size();
  }

  /** The place of a feature's column among the values. */
  int placeOf(int feature) {
    return places.get(feature);
  }

  List<String> passThrough() {
    return passThrough;
  }

  /** Whether keys within an object of this name are wanted. */
  boolean isObject(String key) {
    return objects.contains(key);
  }

  /** Whether keys within any object are wanted. */
  boolean hasObjects() {
    return !objects.isEmpty();
  }

  /** What a line holds before its keys are read: the texts that folders name, null elsewhere. */
  void start(String[] values, String[] copied) {
    System.arraycopy(ofFolders, 0, values, 0, values.length);
    System.arraycopy(copiedOfFolders, 0, copied, 0, copied.length);
  }
}
