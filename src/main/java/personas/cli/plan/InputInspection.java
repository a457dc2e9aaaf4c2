package personas.cli.plan;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import personas.cli.exit.UsageException;
import personas.connector.storage.StoredFile;
import personas.inspect.ProfileTable;
import personas.inspect.TableInspector;
import personas.inspect.TableProfile;
import personas.table.InputFormat;
import personas.table.ledger.BadInputException;

/** Inspects the files of an input, so that {@code init} can write a spec for them. */
public final class InputInspection {
  /** The largest number of files that the inspection reads. */
  private static final int MAX_FILES = 20;

  private InputInspection() {}

  /**
   * Inspects the files of a pattern.
   *
   * @throws BadInputException if no column can be a feature
   * @throws UsageException if the pattern does not match a readable file
   */
  public static TableProfile inspect(String input) throws UsageException, IOException {
    List<MatchResult.Metadata> files = SegmentPlanner.matchInput("input", input);
    TableProfile table =
        TableInspector.inspect(
            input,
            files.stream()
                .limit(MAX_FILES)
                .map(file -> new StoredFile(file.resourceId().toString(), file.sizeBytes()))
                .toList());
    refuseWithoutFeature(table);
    return table;
  }

  /** Refuses a table without a column that can be a feature; the message describes all columns. */
  static void refuseWithoutFeature(TableProfile table) throws BadInputException {
    if (table.features().isEmpty()) {
      StringBuilder reasons = new StringBuilder();
      for (String line : ProfileTable.lines(table)) {
        reasons.append("\n  ").append(line);
      }
      String hint =
          table.columns().size() == 1 && table.layout().format() == InputFormat.CSV
              ? "; if another character delimits the columns, write a spec with input.delimiter"
              : "";
      throw new BadInputException(table.input() + ": no column can be a feature" + hint + reasons);
    }
  }

  /**
   * Returns the name of a segmentation: the name of the input without folders, wildcards and
   * endings.
   */
  public static String nameOf(String input) {
    String file = input.substring(input.lastIndexOf('/') + 1);
    String name =
        file.replaceFirst("(?i)(\\.(csv|tsv|txt|jsonl|ndjson|json|avro|parquet|gz))+$", "");
    name = name.replaceAll("[^\\p{L}\\p{M}\\p{N}._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
    return name.isEmpty() ? "segmentation" : name;
  }
}
