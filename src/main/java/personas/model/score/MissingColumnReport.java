package personas.model.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.table.ledger.BadInputException;
import personas.table.ledger.MissingColumnException;
import personas.text.NearestName;
import personas.text.TerminalText;

/** The columns that a model needs beside those that a file has. */
public final class MissingColumnReport {
  private MissingColumnReport() {}

  /**
   * A refusal that shows both: a line for each column that is needed, with the file's own or the
   * nearest name; then the file's other columns.
   */
  public static BadInputException refusal(MissingColumnException missing, UserSchema needed) {
    List<String> has = missing.columns();
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"the model needs", "the input has"});
    List<String> wanted = wanted(needed);
    for (String column : wanted) {
      String nearest =
          NearestName.of(column, has.stream().filter(h -> !wanted.contains(h)).toList());
      rows.add(
          new String[] {
            column + role(column, needed),
            has.contains(column)
                ? column
                : "MISSING" + (nearest == null ? "" : "; nearest is " + nearest)
          });
    }
    has.stream().filter(h -> !wanted.contains(h)).forEach(h -> rows.add(new String[] {"", h}));
    int width = rows.stream().mapToInt(row -> TerminalText.columns(row[0])).max().orElseThrow();
    StringBuilder text =
        new StringBuilder(TerminalText.line(missing.file()))
            .append(": has not the columns of the model");
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

  private static List<String> wanted(UserSchema needed) {
    List<String> wanted = new ArrayList<>();
    if (needed.idColumn() != null) {
      wanted.add(needed.idColumn());
    }
    needed.features().stream().map(Feature::column).forEach(wanted::add);
    needed.passThrough().stream().filter(column -> !wanted.contains(column)).forEach(wanted::add);
    return wanted;
  }

  private static String role(String column, UserSchema needed) {
    if (column.equals(needed.idColumn())) {
      return " (id)";
    }
    return needed.features().stream().anyMatch(f -> f.column().equals(column))
        ? ""
        : " (copied; --passThrough= for none)";
  }
}
