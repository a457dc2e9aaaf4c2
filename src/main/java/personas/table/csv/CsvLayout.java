package personas.table.csv;

import java.util.List;
import java.util.Objects;

/**
 * Which column of a CSV file is what.
 *
 * @param separator between the fields of a record
 * @param columns fields of a record
 * @param id the place of the id column; -1 if rows are known by their position
 * @param features the places of the features, in the order of the schema
 * @param passThrough the places of the columns that are copied
 * @param ofFolders the texts of the columns that the folders of the file name; their places follow
 *     those of the fields
 */
public record CsvLayout(
    char separator,
    int columns,
    int id,
    List<Integer> features,
    List<Integer> passThrough,
    List<String> ofFolders) {

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
