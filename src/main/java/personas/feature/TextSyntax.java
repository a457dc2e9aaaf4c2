package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How an input writes missing values and numbers as text. Numbers that a format stores as numbers
 * have no text, so the marks do not concern them.
 *
 * @param missing the texts that stand for a missing value, besides blank text; null for {@link
 *     #DEFAULT_MISSING}
 * @param decimal the mark before the fraction: {@code .} or {@code ,}; null for {@code .}
 * @param thousands the mark between groups of three digits; null if there is none
 * @param delimiter the character between the fields of a CSV record; null if the file tells it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextSyntax(
    List<String> missing, Character decimal, Character thousands, Character delimiter)
    implements Serializable {
  /** The texts that stand for a missing value unless a spec lists others. */
  public static final List<String> DEFAULT_MISSING =
      List.of("NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "\\N", "?", "-");

  /** The marks between groups of three digits that a spec may name. */
  public static final String THOUSANDS_MARKS = ",. '_";

  /** The syntax of a spec that says nothing about it. */
  public static final TextSyntax DEFAULT = new TextSyntax(null, null, null, null);

  public TextSyntax {
    missing = missing == null ? null : List.copyOf(missing);
    if (decimal != null && decimal != '.' && decimal != ',') {
      throw new IllegalArgumentException("decimal: '" + decimal + "' is neither '.' nor ','");
    }
    if (thousands != null && THOUSANDS_MARKS.indexOf(thousands) < 0) {
      throw new IllegalArgumentException(
          "thousands: '" + thousands + "' is not one of " + THOUSANDS_MARKS);
    }
    if (thousands != null && thousands == (decimal == null ? '.' : decimal)) {
      throw new IllegalArgumentException("thousands: '" + thousands + "' is the decimal mark too");
    }
    if (delimiter != null && !mayDelimit(delimiter)) {
      throw new IllegalArgumentException(
          "delimiter: is not one ASCII character other than a quote, a line break and NUL");
    }
  }

  /** Whether a character may stand between the fields of a CSV record. */
  public static boolean mayDelimit(char character) {
    return character > 0 && character < 128 && "\"\r\n".indexOf(character) < 0;
  }

  /** The texts that stand for a missing value. */
  @JsonIgnore
  public List<String> missingTokens() {
    return missing == null ? DEFAULT_MISSING : missing;
  }

  /** Whether numbers are written as programs write them: a point, and no groups. */
  @JsonIgnore
  public boolean isPlain() {
    return (decimal == null || decimal == '.') && thousands == null;
  }

  /** The same values in files with any delimiter. */
  public TextSyntax withoutDelimiter() {
    return new TextSyntax(missing, decimal, thousands, null);
  }

  /** This syntax; null if it is the default, so that a file that says nothing stays as it was. */
  public TextSyntax orNullIfDefault() {
    return equals(DEFAULT) ? null : this;
  }

  /** The syntax of a file that may say nothing. */
  public static TextSyntax orDefault(TextSyntax syntax) {
    return Objects.requireNonNullElse(syntax, DEFAULT);
  }
}
