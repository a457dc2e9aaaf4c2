package personas.connector;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import personas.connector.contract.RowSource;
import personas.connector.contract.SinkRequest;
import personas.connector.storage.StoredFile;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.table.InputFormat;
import personas.table.json.JsonKeyCheck;
import personas.table.read.FileHeader;

/** Looks at the input before a job starts. */
public final class Inputs {
  /** Headers that are looked at before the job; it looks at all of them anyway. */
  private static final int MOST_FILES = 20;

  private Inputs() {}

  /**
   * Refuses files whose header does not have the columns of the spec; of JSON lines, whose first
   * records have not its keys.
   *
   * @throws personas.table.ledger.BadInputException names the file, the missing column and the
   *     nearest
   */
  public static void checkHeaders(
      SegmentationSpec spec, String input, List<MatchResult.Metadata> files) throws IOException {
    List<MatchResult.Metadata> first =
        files.stream()
            .sorted(Comparator.comparing(file -> file.resourceId().toString()))
            .limit(MOST_FILES)
            .toList();
    boolean keysKnown = false;
    for (MatchResult.Metadata metadata : first) {
      StoredFile file = new StoredFile(metadata.resourceId().toString(), metadata.sizeBytes());
      FileHeader header = FileHeader.read(file, spec.inputSchema(), spec.input().format());
      if (header.format() == InputFormat.JSONL && !keysKnown) {
        keysKnown = JsonKeyCheck.check(file, spec.inputSchema());
      }
    }
  }

  /**
   * Refuses a query or a table that is not there, or does not have the columns of the spec; and a
   * table of the output that does not take the assignments. Without any it does nothing.
   *
   * @param explains whether the run says of each user why it has its persona
   * @param looksUp whether the run says of each user what the run before said
   * @throws personas.table.ledger.BadInputException names the database and what it says
   * @throws SpecException names what the table of the output lacks
   */
  public static void checkDatabases(
      SegmentationSpec spec, boolean explains, boolean looksUp, PipelineOptions options)
      throws IOException, SpecException {
    Optional<RowSource> source = RowSources.of(spec.input());
    if (source.isPresent()) {
      source.get().check(spec.inputSchema(), options);
    }
    ResultSinks.check(new SinkRequest(spec, explains, looksUp, ""), options);
  }
}
