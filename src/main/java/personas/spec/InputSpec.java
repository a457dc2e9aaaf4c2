package personas.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import personas.data.InputFormat;

/**
 * Where the users come from.
 *
 * @param path a file or a glob; null where it is left to the command line
 * @param format null where the file's name tells
 * @param id the column that identifies a user; null where there is none
 * @param passThrough columns that are copied to the assignments
 */
public record InputSpec(String path, InputFormat format, String id, List<String> passThrough)
    implements Serializable {

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
