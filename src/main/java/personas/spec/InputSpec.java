package personas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;
import personas.feature.TextSyntax;
import personas.spec.event.EventAggregation;
import personas.table.InputFormat;

/**
 * Where the users come from.
 *
 * @param source the source of the records; null if the command line has to name it. The digest of a
 *     spec does not depend on the source: the key {@code path} is null in the digested JSON.
 * @param format the declared format; null if the first bytes or the name of the file decide
 * @param id the column that identifies a user; null if there is none
 * @param passThrough columns that are copied to the assignments
 * @param duplicates what happens to a record if an earlier record has the same id
 * @param maxRejectedShare the largest share of rejected records, 0..1; a run that rejects more
 *     fails
 * @param syntax how missing values and numbers are written; null for the default syntax
 * @param aggregate how the records, which are events, become users; null if a record is a user
 * @param weight the column that says how many users a record stands for; null if a record is one
 *     user
 */
public record InputSpec(
    @JsonProperty("path") SourceSpec source,
    InputFormat format,
    String id,
    List<String> passThrough,
    DuplicatePolicy duplicates,
    double maxRejectedShare,
    @JsonInclude(JsonInclude.Include.NON_NULL) TextSyntax syntax,
    @JsonInclude(JsonInclude.Include.NON_NULL) EventAggregation aggregate,
    @JsonInclude(JsonInclude.Include.NON_NULL) String weight)
    implements Serializable {
  /** The column of the user id. */
  public static final String USER_ID_COLUMN = "user_id";

  /** The column of the cluster id. */
  public static final String CLUSTER_COLUMN = "cluster";

  /** The column of the persona. */
  public static final String PERSONA_COLUMN = "persona";

  /** The column of the distance to the centroid of the persona. */
  public static final String DISTANCE_COLUMN = "distance";

  /** The column of the second persona. */
  public static final String SECOND_PERSONA_COLUMN = "second_persona";

  /** The column of the margin of the user. */
  public static final String MARGIN_COLUMN = "margin";

  /** The column that says whether a user is an outlier of the persona. */
  public static final String OUTLIER_COLUMN = "outlier";

  /** The column that says why a user has the persona. */
  public static final String WHY_COLUMN = "why";

  /** The column of the least change that gives a user the second persona. */
  public static final String LEAST_CHANGE_COLUMN = "least_change";

  /** The first columns of assignments-*.csv. The pass-through columns come last. */
  public static final List<String> ASSIGNMENT_COLUMNS =
      List.of(
          USER_ID_COLUMN,
          CLUSTER_COLUMN,
          PERSONA_COLUMN,
          DISTANCE_COLUMN,
          SECOND_PERSONA_COLUMN,
          MARGIN_COLUMN,
          OUTLIER_COLUMN);

  /** The columns after {@link #ASSIGNMENT_COLUMNS}, if the run explains each user. */
  public static final List<String> EXPLANATION_COLUMNS = List.of(WHY_COLUMN, LEAST_CHANGE_COLUMN);

  /**
   * The columns of assignments-*.csv that follow if a run looks up the users of the previous run.
   */
  public static final List<String> MIGRATION_COLUMNS = List.of("previous_persona", "changed");

  /**
   * The column after {@link #MIGRATION_COLUMNS}, if users may be held in their previous persona.
   */
  public static final String HELD_COLUMN = "held";

  public static final double DEFAULT_MAX_REJECTED_SHARE = 0.05;

  /** Creates an input with the defaults for all other keys. */
  public InputSpec(SourceSpec source, InputFormat format, String id, List<String> passThrough) {
    this(
        source,
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

  /** Returns how missing values and numbers are written; never null. */
  public TextSyntax textSyntax() {
    return TextSyntax.orDefault(syntax);
  }

  /**
   * Returns the declared format if it is a text format; null for Avro and Parquet, whose files
   * state their format, and if no format is declared.
   */
  public InputFormat textFormat() {
    return format == null || format.isTyped() ? null : format;
  }
}
