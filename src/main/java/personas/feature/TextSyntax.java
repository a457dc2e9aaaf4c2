package personas.feature;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The syntax of missing values and numbers that an input stores as text. The marks do not apply to
 * numbers that a format such as Parquet stores as numbers.
 *
 * @param missing the texts that stand for a missing value in addition to blank text; null for
 *     {@link #DEFAULT_MISSING}
 * @param decimal the mark before the fraction: {@code .} or {@code ,}; null for {@code .}
 * @param thousands the mark between groups of three digits; null if there is none
 * @param delimiter the character between the fields of a CSV record; null to detect it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TextSyntax(
    List<String> missing, Character decimal, Character thousands, Character delimiter)
    implements Serializable {
  /** The default texts that stand for a missing value. */
  public static final List<String> DEFAULT_MISSING =
      List.of("NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "\\N", "?", "-");

  /** The marks between groups of three digits that a spec may name. */
  public static final String THOUSANDS_MARKS = ",. '_";

  /** The default syntax. */
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
      throw new IllegalArgumentException(
          "thousands: '" + thousands + "' is also the decimal mark; the marks must differ");
    }
    if (delimiter != null && !mayDelimit(delimiter)) {
      throw new IllegalArgumentException(
          "delimiter: must be one ASCII character, and not a quote, a line break or NUL");
    }
  }

  /** Returns whether a character may be the delimiter of CSV. */
  public static boolean mayDelimit(char character) {
    return character > 0 && character < 128 && "\"\r\n".indexOf(character) < 0;
  }

  /** Returns the texts that stand for a missing value. */
  @JsonIgnore
  public List<String> missingTokens() {
    return missing == null ? DEFAULT_MISSING : missing;
  }

  /** Returns whether numbers are plain: with a decimal point and without groups. */
  @JsonIgnore
  public boolean isPlain() {
    return (decimal == null || decimal == '.') && thousands == null;
  }

  /** Returns the same syntax without a declared delimiter. */
  public TextSyntax withoutDelimiter() {
    return new TextSyntax(missing, decimal, thousands, null);
  }

  /** Returns this syntax, or null if it is the default, which files do not store. */
  public TextSyntax orNullIfDefault() {
    return equals(DEFAULT) ? null : this;
  }

  /** Returns a syntax from a file, or the default if the file does not store one. */
  public static TextSyntax orDefault(TextSyntax syntax) {
    return Objects.requireNonNullElse(syntax, DEFAULT);
  }
}
