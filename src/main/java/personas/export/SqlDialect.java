package personas.export;

import java.util.Locale;
import personas.report.statistic.SqlIdentifier;

/** How a database writes names and doubles. */
public enum SqlDialect {
  BIGQUERY('`', "FLOAT64", "INT64"),
  POSTGRES('"', "DOUBLE PRECISION", "INTEGER"),
  SNOWFLAKE('"', "FLOAT", "INTEGER"),
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
  String column(String name) {
    if (this == SNOWFLAKE) {
      return SqlIdentifier.column(name);
    }
    String escaped =
        this == BIGQUERY
            ? name.replace("\\", "\\\\").replace("`", "\\`")
            : name.replace("\"", "\"\"");
    return quote + escaped + quote;
  }

  /** A table as the user names it; the parts of a name of BigQuery may hold a hyphen. */
  String table(String name) {
    return this == BIGQUERY && !name.contains("`") ? quote + name + quote : name;
  }

  /** A text. */
  String text(String value) {
    String escaped =
        this == BIGQUERY || this == SNOWFLAKE
            ? value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            : value.replace("'", "''");
    return "'" + escaped + "'";
  }

  /** A double: the shortest digits that are read as the same bits. */
  String number(double value) {
    String digits = Double.toString(value).toUpperCase(Locale.ROOT);
    String scientific = digits.contains("E") ? digits : digits + "E0";
    return switch (this) {
      // Without a cast these two take such digits for a decimal.
      case POSTGRES, SNOWFLAKE -> "CAST('" + scientific + "' AS " + doubleType + ")";
      case BIGQUERY, DUCKDB -> value < 0 ? "(" + scientific + ")" : scientific;
    };
  }

  /** A numeric column as a double; NaN is NULL. */
  String value(String column) {
    String cast = "CAST(" + column + " AS " + doubleType + ")";
    return this == BIGQUERY
        ? "IF(IS_NAN(" + cast + "), NULL, " + cast + ")"
        : "NULLIF(" + cast + ", CAST('NaN' AS " + doubleType + "))";
  }

  /** A boolean or a whole number as a double. */
  String booleanValue(String column) {
    return "CAST(CAST(" + column + " AS " + integerType + ") AS " + doubleType + ")";
  }
}
