package personas.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import personas.feature.TextSyntax;
import personas.spec.connection.TableSource;
import personas.spec.event.EventAggregation;
import personas.table.InputFormat;

/**
 * Where the users come from.
 *
 * @param path a file or a glob; null where it is left to the command line
 * @param source the table or query that gives the records instead of files; null if files give them
 * @param format null where the file tells, by its first bytes or its name
 * @param id the column that identifies a user; null where there is none
 * @param passThrough columns that are copied to the assignments
 * @param duplicates what becomes of a record whose id an earlier one has
 * @param maxRejectedShare of the records, 0..1: a run that rejects more fails
 * @param syntax how missing values and numbers are written; null for the default
 * @param aggregate how the records, which are events, become users; null if a record is a user
 * @param weight the column that says how many users a record stands for; null if a record is one
 *     user
 */
public record InputSpec(
    String path,
    @JsonIgnore TableSource source,
    InputFormat format,
    String id,
    List<String> passThrough,
    DuplicatePolicy duplicates,
    double maxRejectedShare,
    @JsonInclude(JsonInclude.Include.NON_NULL) TextSyntax syntax,
    @JsonInclude(JsonInclude.Include.NON_NULL) EventAggregation aggregate,
    @JsonInclude(JsonInclude.Include.NON_NULL) String weight)
    implements Serializable {
  /** The column that says whether a user is an outlier of the persona. */
  public static final String OUTLIER_COLUMN = "outlier";

  /** Of assignments-*.csv, before those that are passed through. */
  public static final List<String> ASSIGNMENT_COLUMNS =
      List.of(
          "user_id", "cluster", "persona", "distance", "second_persona", "margin", OUTLIER_COLUMN);

  /** The columns behind {@link #ASSIGNMENT_COLUMNS}, if the run explains each user. */
  public static final List<String> EXPLANATION_COLUMNS = List.of("why", "least_change");

  /** Of assignments-*.csv behind those, where a run looks up the users of the run before. */
  public static final List<String> MIGRATION_COLUMNS = List.of("previous_persona", "changed");

  /**
   * The column behind {@link #MIGRATION_COLUMNS}, if users may be held in their previous persona.
   */
  public static final String HELD_COLUMN = "held";

  public static final double DEFAULT_MAX_REJECTED_SHARE = 0.05;

  /** With the defaults of what is not a column. */
  public InputSpec(String path, InputFormat format, String id, List<String> passThrough) {
    this(
        path,
        null,
        format,
        id,
        passThrough,
        DuplicatePolicy.WARN,
        DEFAULT_MAX_REJECTED_SHARE,
        null,
        null,
        null);
  }

  public InputSpec {
    syntax = syntax == null ? null : syntax.orNullIfDefault();
    passThrough = List.copyOf(passThrough);
  }

  /** How missing values and numbers are written; never null. */
  public TextSyntax textSyntax() {
    return TextSyntax.orDefault(syntax);
  }

  /** The name of the database that gives the users; null where they come from files. */
  public String databaseName() {
    return source == null ? null : source.name();
  }

  /**
   * The declared format where its files cannot tell it themselves, as Avro and Parquet do; else
   * null.
   */
  public InputFormat textFormat() {
    return format == null || format.isTyped() ? null : format;
  }
}
