package personas.model.score;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.text.NearestName;
import personas.text.TerminalText;

/** Reports the columns that a model needs and a file lacks. */
public final class MissingColumnReport {
  private MissingColumnReport() {}

  /**
   * Returns an exception with a table. The table has a line for each column that the model needs,
   * with the same or the nearest column of the file, and then a line for each other column of the
   * file.
   *
   * @param missing the columns that the file lacks
   * @param needed the columns that the model needs
   */
  public static BadInputException refusal(MissingColumnException missing, UserSchema needed) {
    List<String> inputColumns = missing.columns();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"the model needs", "the input has"});
    List<String> neededColumns = neededColumns(needed);
    List<String> otherColumns =
        inputColumns.stream().filter(column -> !neededColumns.contains(column)).toList();
    for (String column : neededColumns) {
      String nearest = NearestName.of(column, otherColumns);
      rows.add(
          new String[] {
            column + role(column, needed),
            inputColumns.contains(column)
                ? column
                : "MISSING" + (nearest == null ? "" : "; nearest is " + nearest)
          });
    }
    otherColumns.forEach(column -> rows.add(new String[] {"", column}));
    int width = rows.stream().mapToInt(row -> TerminalText.columns(row[0])).max().orElseThrow();
    StringBuilder text =
        new StringBuilder(TerminalText.line(missing.file()))
            .append(": lacks columns that the model needs");
    for (String[] row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %s  %s",
              TerminalText.padded(TerminalText.line(row[0]), width),
              TerminalText.line(row[1])));
    }
    return new BadInputException(text.toString(), missing);
  }

  /**
   * Returns the columns that the model needs, each once, although a category has several features.
   */
  private static List<String> neededColumns(UserSchema needed) {
    Set<String> neededColumns = new LinkedHashSet<>();
    if (needed.idColumn() != null) {
      neededColumns.add(needed.idColumn());
    }
    needed.features().stream().map(Feature::column).forEach(neededColumns::add);
    neededColumns.addAll(needed.passThrough());
    return List.copyOf(neededColumns);
  }

  private static String role(String column, UserSchema needed) {
    if (column.equals(needed.idColumn())) {
      return " (id)";
    }
    return needed.features().stream().anyMatch(f -> f.column().equals(column))
        ? ""
        : " (copied; give --passThrough= to copy no column)";
  }
}
