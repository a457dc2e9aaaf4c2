package personas.table.csv;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import personas.math.Require;

/**
 * The positions of the required columns in a CSV file.
 *
 * @param separator the delimiter between fields
 * @param columns the number of fields of a record
 * @param places the places of the required columns
 * @param ofFolders the values of the partition columns, read from the names of folders; the indexes
 *     of these columns follow the indexes of the fields
 */
public record CsvLayout(char separator, int columns, Places places, List<String> ofFolders)
    implements Serializable {

  /**
   * The places of the required columns in a record, counted from 0.
   *
   * @param id the place of the id column; -1 if rows are identified by their position
   * @param features the places of the features, in the order of the schema
   * @param passThrough the places of the columns that are copied
   */
  public record Places(int id, List<Integer> features, List<Integer> passThrough)
      implements Serializable {
    public Places {
      Require.atLeast(-1, "id", id);
      features = List.copyOf(features);
      passThrough = List.copyOf(passThrough);
    }
  }

  /** The layout of a table that is not CSV. Its readers find columns by name. */
  public static final CsvLayout NONE =
      new CsvLayout(',', 0, new Places(-1, List.of(), List.of()), List.of());

  public CsvLayout {
    ofFolders = List.copyOf(ofFolders);
    Objects.checkIndex(places.id + 1, columns + 1);
    for (List<Integer> group : List.of(places.features, places.passThrough)) {
      for (int place : group) {
        Objects.checkIndex(place, columns + ofFolders.size());
      }
    }
  }
}
