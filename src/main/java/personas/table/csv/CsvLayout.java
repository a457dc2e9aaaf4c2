package personas.table.csv;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The positions of the required columns in a CSV file.
 *
 * @param separator the delimiter between fields
 * @param columns the number of fields of a record
 * @param id the index of the id column; -1 if rows are identified by their position
 * @param features the indexes of the features, in the order of the schema
 * @param passThrough the indexes of the columns that are copied
 * @param ofFolders the values of partition columns, which are named by folders; the indexes of
 *     these columns follow the indexes of the fields
 */
public record CsvLayout(
    char separator,
    int columns,
    int id,
    List<Integer> features,
    List<Integer> passThrough,
    List<String> ofFolders)
    implements Serializable {

  /** Stands for the layout of a table that is not CSV, whose columns are found by name. */
  public static final CsvLayout NONE = new CsvLayout(',', 0, -1, List.of(), List.of(), List.of());

  public CsvLayout {
    features = List.copyOf(features);
    passThrough = List.copyOf(passThrough);
    ofFolders = List.copyOf(ofFolders);
    Objects.checkIndex(id + 1, columns + 1);
    for (List<Integer> places : List.of(features, passThrough)) {
      for (int place : places) {
        Objects.checkIndex(place, columns + ofFolders.size());
      }
    }
  }
}
