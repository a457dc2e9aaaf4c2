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

/** Checks the input and the output of a run before a job starts. */
public final class Inputs {
  /** The launcher checks this many headers; the job checks the headers of all files. */
  private static final int MAX_FILES = 20;

  private Inputs() {}

  /**
   * Refuses a file whose header lacks a column of the spec, and JSON lines whose first records lack
   * a key of the spec.
   *
   * @throws personas.table.ledger.BadInputException names the file, the missing column and the
   *     column with the nearest name
   */
  public static void checkHeaders(
      SegmentationSpec spec, String input, List<MatchResult.Metadata> files) throws IOException {
    List<MatchResult.Metadata> first =
        files.stream()
            .sorted(Comparator.comparing(file -> file.resourceId().toString()))
            .limit(MAX_FILES)
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
   * Checks the databases and topics that the spec names. Refuses an input query or table that does
   * not exist or lacks a column of the spec, and a sink that does not accept the results. Does
   * nothing if the spec names only files.
   *
   * @param explains whether the run explains each user's persona
   * @param looksUp whether the run shows the previous persona of each user
   * @throws personas.table.ledger.BadInputException names the database and gives its message
   * @throws SpecException names the sink and what it does not accept
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
