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
 * Which columns of a table are read, and in which place each stands among them.
 *
 * @param wanted names, each once: the id where there is one, the features, the weight where there
 *     is one, what is passed through
 */
public record RequiredColumns(List<String> wanted) {

  /** Those of a schema. */
  public static RequiredColumns of(UserSchema schema) {
    Set<String> wanted = new LinkedHashSet<>();
    if (schema.idColumn() != null) {
      wanted.add(schema.idColumn());
    }
    schema.numbers().forEach(number -> wanted.add(number.column()));
    wanted.addAll(schema.passThrough());
    return new RequiredColumns(new ArrayList<>(wanted));
  }

  /** The place of a column; -1 where it is not wanted. */
  public int place(String column) {
    return wanted.indexOf(column);
  }

  /**
   * Refuses a table that has not all of them.
   *
   * @param has the columns of the table, in its order
   * @throws MissingColumnException names the first that is missing
   */
  public void check(String source, List<String> has) throws BadInputException {
    for (String column : wanted) {
      if (!has.contains(column)) {
        throw missing(source, has, column);
      }
      if (has.indexOf(column) != has.lastIndexOf(column)) {
        throw new BadInputException(source + ": column '" + column + "' stands twice");
      }
    }
  }

  /**
   * The columns that a file is read for: those that are wanted, without those that only its folders
   * name, as {@link PartitionColumns} do.
   *
   * @param has the columns of the file, in its order
   * @throws MissingColumnException names the first that is missing
   */
  public List<String> inFile(String file, List<String> has) throws BadInputException {
    PartitionColumns folders = PartitionColumns.of(file);
    List<String> inFile =
        wanted.stream().filter(name -> has.contains(name) || !folders.has(name)).toList();
    new RequiredColumns(inFile).check(file, has);
    return inFile;
  }

  private static MissingColumnException missing(String source, List<String> has, String column) {
    return new MissingColumnException(
        source,
        has,
        String.format(
            Locale.ROOT,
            "%s: missing column '%s'; %s",
            source,
            column,
            has.isEmpty() ? "it has none" : "nearest is '" + NearestName.of(column, has) + "'"));
  }
}
