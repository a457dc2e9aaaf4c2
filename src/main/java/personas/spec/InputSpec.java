package personas.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import personas.data.DuplicatePolicy;
import personas.data.InputFormat;

/**
 * Where the users come from.
 *
 * @param path a file or a glob; null where it is left to the command line
 * @param format null where the file's name tells
 * @param id the column that identifies a user; null where there is none
 * @param passThrough columns that are copied to the assignments
 * @param duplicates what becomes of a record whose id an earlier one has
 * @param maxRejectedShare of the records, 0..1: a run that rejects more fails
 */
public record InputSpec(
    String path,
    InputFormat format,
    String id,
    List<String> passThrough,
    DuplicatePolicy duplicates,
    double maxRejectedShare)
    implements Serializable {
  /** Of assignments-*.csv, before those that are passed through. */
  public static final List<String> ASSIGNMENT_COLUMNS =
      List.of("user_id", "cluster", "persona", "distance", "second_persona", "margin");

  public static final double DEFAULT_MAX_REJECTED_SHARE = 0.05;

  /** With the defaults of what is not a column. */
  public InputSpec(String path, InputFormat format, String id, List<String> passThrough) {
    this(path, format, id, passThrough, DuplicatePolicy.WARN, DEFAULT_MAX_REJECTED_SHARE);
  }

  public InputSpec {
    passThrough = List.copyOf(passThrough);
  }

  /** The declared format, or what the ending of {@code input} says; CSV where it says nothing. */
  public InputFormat formatOf(String input) {
    if (format != null) {
      return format;
    }
    String name = input.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")
        ? InputFormat.JSONL
        : InputFormat.CSV;
  }
}
