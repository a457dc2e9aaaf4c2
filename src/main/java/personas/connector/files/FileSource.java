package personas.connector.files;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.contract.RowSource;
import personas.connector.contract.StagingRequest;
import personas.connector.storage.StoredFile;
import personas.spec.SegmentationSpec;
import personas.table.InputFormat;
import personas.table.json.JsonKeyCheck;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;

/**
 * Files as a source of rows.
 *
 * @param name a file or a glob
 */
public record FileSource(String name) implements RowSource {
  /** The number of headers that the launcher checks. The job checks the headers of all files. */
  private static final int MAX_FILES = 20;

  @Override
  public boolean isFiles() {
    return true;
  }

  /**
   * {@inheritDoc} Reads the headers of the first files, and the first records of JSON lines, which
   * have no header.
   */
  @Override
  public void check(
      SegmentationSpec spec, List<MatchResult.Metadata> files, PipelineOptions options)
      throws IOException {
    List<MatchResult.Metadata> first =
        files.stream()
            .sorted(Comparator.comparing(file -> file.resourceId().toString()))
            .limit(MAX_FILES)
            .toList();
    boolean areKeysKnown = false;
    for (MatchResult.Metadata metadata : first) {
      StoredFile file = new StoredFile(metadata.resourceId().toString(), metadata.sizeBytes());
      FileHeader header = FileHeader.read(file, spec.inputSchema(), spec.input().format());
      if (header.format() == InputFormat.JSONL && !areKeysKnown) {
        areKeysKnown = JsonKeyCheck.check(file, spec.inputSchema());
      }
    }
  }

  @Override
  public PCollection<FileRange> stage(PCollection<String> source, StagingRequest request) {
    return source.apply(
        "Match files",
        new MatchFiles(
            request.schema(), request.format(), request.rangeBytes(), request.refusal()));
  }
}
