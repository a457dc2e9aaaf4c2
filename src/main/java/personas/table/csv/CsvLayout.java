package personas.table.csv;

import java.util.List;

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
    List<String> ofFolders) {}
