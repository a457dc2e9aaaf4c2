package personas.text;

import java.text.Normalizer;
import java.util.List;

/**
 * Finds a column by its name as people see it. An exact match wins. Otherwise two names match if
 * they differ only in the form of Unicode, in the kind of blanks, or in line breaks, which
 * spreadsheets put into header cells.
 */
public final class ColumnNames {
  /** The result of {@link #find} if no column has the name. */
  public static final int NONE = -1;

  /** The result of {@link #find} if several columns have the name. */
  public static final int SEVERAL = -2;

  private ColumnNames() {}

  /** Returns the index of the column with a name, {@link #NONE} or {@link #SEVERAL}. */
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

  /**
   * Returns a name in the composed form of Unicode (NFC), with one space in place of each group of
   * blanks, and without blanks around it.
   */
  public static String canonical(String name) {
    StringBuilder plain = new StringBuilder();
    boolean isAfterBlank = false;
    for (char c : Normalizer.normalize(name, Normalizer.Form.NFC).toCharArray()) {
      if (Character.isSpaceChar(c) || Character.isWhitespace(c) || c == '\ufeff') {
        isAfterBlank = true;
      } else {
        plain.append(isAfterBlank && !plain.isEmpty() ? " " : "").append(c);
        isAfterBlank = false;
      }
    }
    return plain.toString();
  }
}
