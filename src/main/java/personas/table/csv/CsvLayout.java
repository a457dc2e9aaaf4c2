package personas.table.csv;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import personas.math.Require;

/**
 * Where the required columns are in the records of a CSV file.
 *
 * @param separator the delimiter between fields
 * @param columns the number of fields of a record
 * @param indexes the indexes of the required columns
 * @param ofFolders the values of the partition columns, read from the names of folders; the indexes
 *     of these columns follow the indexes of the fields
 */
public record CsvLayout(char separator, int columns, FieldIndexes indexes, List<String> ofFolders)
    implements Serializable {

  /**
   * The indexes of the required columns in a record, from 0.
   *
   * @param id the index of the id column; -1 if rows are identified by their position
   * @param features the indexes of the features, in the order of the schema
   * @param passThrough the indexes of the pass-through columns
   */
  public record FieldIndexes(int id, List<Integer> features, List<Integer> passThrough)
      implements Serializable {
    public FieldIndexes {
      Require.atLeast(-1, "id", id);
      features = List.copyOf(features);
      passThrough = List.copyOf(passThrough);
    }
  }

  /** The layout of a table that is not CSV. Its readers find columns by name. */
  public static final CsvLayout NONE =
      new CsvLayout(',', 0, new FieldIndexes(-1, List.of(), List.of()), List.of());

  public CsvLayout {
    ofFolders = List.copyOf(ofFolders);
    Objects.checkIndex(indexes.id + 1, columns + 1);
    for (List<Integer> group : List.of(indexes.features, indexes.passThrough)) {
      for (int index : group) {
        Objects.checkIndex(index, columns + ofFolders.size());
      }
    }
  }
}
