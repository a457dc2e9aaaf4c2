package personas.text;

import java.text.Normalizer;
import java.util.List;

/**
 * Finds a column by its name as people see it. A name that is there exactly wins. Otherwise names
 * are equal if they differ only in the form of Unicode, in the kind of their blanks, or in line
 * breaks, which spreadsheets put into header cells.
 */
public final class ColumnNames {
  /** What {@link #find} gives for a name that no column has. */
  public static final int NONE = -1;

  /** What {@link #find} gives for a name that several columns have. */
  public static final int SEVERAL = -2;

  private ColumnNames() {}

  /** The place of the column with this name, {@link #NONE} or {@link #SEVERAL}. */
  public static int find(String wanted, List<String> names) {
    int exact = unique(wanted, names);
    if (exact != NONE) {
      return exact;
    }
    return unique(canonical(wanted), names.stream().map(ColumnNames::canonical).toList());
  }

  private static int unique(String wanted, List<String> names) {
    int first = names.indexOf(wanted);
    return first >= 0 && names.lastIndexOf(wanted) != first ? SEVERAL : first;
  }

  /** A name in the composed form of Unicode, without blanks around it, and with single spaces. */
  public static String canonical(String name) {
    StringBuilder plain = new StringBuilder();
    boolean blank = false;
    for (char c : Normalizer.normalize(name, Normalizer.Form.NFC).toCharArray()) {
      if (Character.isSpaceChar(c) || Character.isWhitespace(c) || c == '\ufeff') {
        blank = true;
      } else {
        plain.append(blank && !plain.isEmpty() ? " " : "").append(c);
        blank = false;
      }
    }
    return plain.toString();
  }
}
