package personas.text.sql;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import personas.text.ShortestDecimal;

/** The SQL of a database: how it writes names, texts and numbers. */
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
   * Returns a column in quotes, so that its case and all its characters count. A plain lower-case
   * name has no quotes for Snowflake, because Snowflake stores such names in upper case if the
   * table was created without quotes.
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

  /**
   * Returns the name of a table as the caller gives it. For BigQuery, the name is in backticks,
   * because its parts may hold a hyphen.
   */
  public String table(String name) {
    return this == BIGQUERY && !name.contains("`") ? quote + name + quote : name;
  }

  /** Returns a text as a literal. */
  public String text(String value) {
    String escaped =
        this == BIGQUERY || this == SNOWFLAKE || this == MYSQL
            ? value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            : value.replace("'", "''");
    return "'" + escaped + "'";
  }

  /** Returns a double as a literal that is read as the same bits. */
  public String number(double value) {
    String digits = ShortestDecimal.of(value);
    String scientific = digits.contains("E") ? digits : digits + "E0";
    return switch (this) {
      // Without a cast, these databases read the digits as a decimal.
      case POSTGRES, SNOWFLAKE -> "CAST('" + scientific + "' AS " + doubleType + ")";
      case BIGQUERY, MYSQL, DUCKDB -> value < 0 ? "(" + scientific + ")" : scientific;
    };
  }

  /** Returns a numeric column as a double, with NULL in place of NaN. */
  public String value(String column) {
    String cast = "CAST(" + column + " AS " + doubleType + ")";
    return switch (this) {
      case BIGQUERY -> "IF(IS_NAN(" + cast + "), NULL, " + cast + ")";
      // MySQL does not store NaN.
      case MYSQL -> cast;
      default -> "NULLIF(" + cast + ", CAST('NaN' AS " + doubleType + "))";
    };
  }

  /** Returns the condition that a column of booleans, or of 0 and 1, is yes or is no. */
  public String yesOrNo(String column, boolean isYes) {
    return "CAST(" + column + " AS " + integerType + ") = " + (isYes ? 1 : 0);
  }

  /** Returns the dialect with a name in lower case; empty if no dialect has the name. */
  public static Optional<SqlDialect> of(String name) {
    return Arrays.stream(values()).filter(dialect -> dialect.lowerCase().equals(name)).findFirst();
  }

  /** Returns the name as flags and files write it. */
  public String lowerCase() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns a column of booleans or whole numbers as a double. */
  public String booleanValue(String column) {
    return "CAST(CAST(" + column + " AS " + integerType + ") AS " + doubleType + ")";
  }
}
