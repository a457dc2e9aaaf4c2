package personas.table;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import personas.feature.UserSchema;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.text.NearestName;

/**
 * The columns of a table that are read, in the order in which readers return them.
 *
 * @param names distinct names: the id if the spec has one, the features, the weight if the spec has
 *     one, and the columns that are passed through
 */
public record RequiredColumns(List<String> names) {

  /** Returns the columns that a schema requires. */
  public static RequiredColumns of(UserSchema schema) {
    Set<String> names = new LinkedHashSet<>();
    if (schema.idColumn() != null) {
      names.add(schema.idColumn());
    }
    schema.numbers().forEach(number -> names.add(number.column()));
    names.addAll(schema.passThrough());
    return new RequiredColumns(new ArrayList<>(names));
  }

  /** Returns the index of a column, or -1 if the column is not required. */
  public int index(String column) {
    return names.indexOf(column);
  }

  /**
   * Checks that a table has each required column exactly once.
   *
   * @param source the name of the table, for messages
   * @param present the columns of the table, in the order of the table
   * @throws MissingColumnException if a column is missing; the message names the first one
   * @throws BadInputException if a column occurs twice
   */
  public void check(String source, List<String> present) throws BadInputException {
    for (String column : names) {
      if (!present.contains(column)) {
        throw missing(source, present, column);
      }
      if (present.indexOf(column) != present.lastIndexOf(column)) {
        throw new BadInputException(
            source + ": column '" + column + "' occurs twice; rename or remove one of them");
      }
    }
  }

  /**
   * Returns the required columns that are read from the file itself. The other required columns
   * come from the names of the folders, see {@link PartitionColumns}.
   *
   * @param file the path of the file
   * @param present the columns of the file, in the order of the file
   * @throws MissingColumnException if neither the file nor the folders have a column
   */
  public List<String> inFile(String file, List<String> present) throws BadInputException {
    PartitionColumns folders = PartitionColumns.of(file);
    List<String> inFile =
        names.stream().filter(name -> present.contains(name) || !folders.has(name)).toList();
    new RequiredColumns(inFile).check(file, present);
    return inFile;
  }

  private static MissingColumnException missing(
      String source, List<String> present, String column) {
    return new MissingColumnException(
        source,
        present,
        String.format(
            Locale.ROOT,
            "%s: missing column '%s'; %s",
            source,
            column,
            present.isEmpty()
                ? "the table has no columns"
                : "nearest is '" + NearestName.of(column, present) + "'"));
  }
}
