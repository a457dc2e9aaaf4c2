package personas.text.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a database writes names and doubles. */
public enum SqlDialect {
  BIGQUERY('`', "FLOAT64", "INT64"),
  POSTGRES('"', "DOUBLE PRECISION", "INTEGER"),
  SNOWFLAKE('"', "FLOAT", "INTEGER"),
  MYSQL('`', "DOUBLE", "SIGNED"),
  DUCKDB('"', "DOUBLE", "INTEGER");

  private final char quote;
  private final String doubleType;
  private final String integerType;

  SqlDialect(char quote, String doubleType, String integerType) {
    this.quote = quote;
    this.doubleType = doubleType;
    this.integerType = integerType;
  }

  /**
   * A column. It is in quotes, so that its case and all its characters count; but not a plain lower
   * case name of Snowflake, which makes such names upper case in a table that was made without
   * quotes.
   */
  public String column(String name) {
    if (this == SNOWFLAKE) {
      return SqlIdentifier.column(name);
    }
    String escaped =
        switch (this) {
          case BIGQUERY -> name.replace("\\", "\\\\").replace("`", "\\`");
          case MYSQL -> name.replace("`", "``");
          default -> name.replace("\"", "\"\"");
        };
    return quote + escaped + quote;
  }

  /** A table as the user names it; the parts of a name of BigQuery may hold a hyphen. */
  public String table(String name) {
    return this == BIGQUERY && !name.contains("`") ? quote + name + quote : name;
  }

  /** A text. */
  public String text(String value) {
    String escaped =
        this == BIGQUERY || this == SNOWFLAKE || this == MYSQL
            ? value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            : value.replace("'", "''");
    return "'" + escaped + "'";
  }

  /** A double: the shortest digits that are read as the same bits. */
  public String number(double value) {
    String digits = Double.toString(value).toUpperCase(Locale.ROOT);
    String scientific = digits.contains("E") ? digits : digits + "E0";
    return switch (this) {
      // Without a cast these two take such digits for a decimal.
      case POSTGRES, SNOWFLAKE -> "CAST('" + scientific + "' AS " + doubleType + ")";
      case BIGQUERY, MYSQL, DUCKDB -> value < 0 ? "(" + scientific + ")" : scientific;
    };
  }

  /** A numeric column as a double; NaN is NULL. */
  public String value(String column) {
    String cast = "CAST(" + column + " AS " + doubleType + ")";
    return switch (this) {
      case BIGQUERY -> "IF(IS_NAN(" + cast + "), NULL, " + cast + ")";
      // It stores no NaN.
      case MYSQL -> cast;
      default -> "NULLIF(" + cast + ", CAST('NaN' AS " + doubleType + "))";
    };
  }

  /** Whether a boolean column, or a column of 0 and 1, holds yes. */
  public String yesOrNo(String column, boolean yes) {
    return "CAST(" + column + " AS " + integerType + ") = " + (yes ? 1 : 0);
  }

  /** The dialect of a name in lower case; empty if there is none. */
  public static Optional<SqlDialect> of(String name) {
    return Arrays.stream(values()).filter(dialect -> dialect.lowerCase().equals(name)).findFirst();
  }

  /** The name as flags and files write it. */
  public String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A boolean or a whole number as a double. */
  public String booleanValue(String column) {
    return "CAST(CAST(" + column + " AS " + integerType + ") AS " + doubleType + ")";
  }
}
