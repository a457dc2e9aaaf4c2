package personas.connector.files;

import java.io.IOException;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.FilePattern;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.StoredFile;
import personas.feature.UserSchema;
import personas.table.InputFormat;
import personas.table.bytes.ByteRange;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;
import personas.table.read.RangeSplitter;

/**
 * Emits the ranges of the files that match a pattern. The files are grouped by name, so that
 * workers open them in parallel. Grouping takes one step; a Reshuffle takes seven.
 */
public final class MatchFiles extends PTransform<PCollection<String>, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final UserSchema schema;
  private final InputFormat format;
  private final long rangeBytes;
  private final RefusalFile refusal;

  /**
   * Creates the transform.
   *
   * @param schema the columns that each file must have
   * @param format the format of the files; null to detect the format of each file
   * @param rangeBytes the approximate maximum size of a range in bytes
   * @param refusal the file that gets the reason if a file is refused
   */
  public MatchFiles(UserSchema schema, InputFormat format, long rangeBytes, RefusalFile refusal) {
    this.schema = schema;
    this.format = format;
    this.rangeBytes = rangeBytes;
    this.refusal = refusal;
  }

  @Override
  public PCollection<FileRange> expand(PCollection<String> pattern) {
    return pattern
        .apply("Match pattern", ParDo.of(new MatchPattern()))
        .apply("Spread files", GroupByKey.create())
        .apply("Open file", ParDo.of(new OpenFile(this)));
  }

  /** Emits the files that match a pattern; the key is the name of the file. */
  private static final class MatchPattern extends DoFn<String, KV<String, MatchResult.Metadata>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(
        @Element String pattern, OutputReceiver<KV<String, MatchResult.Metadata>> out)
        throws IOException {
      for (MatchResult.Metadata file : FilePattern.files(pattern)) {
        out.output(KV.of(file.resourceId().toString(), file));
      }
    }
  }

  /** Emits the ranges of a file, each with the header of the file. */
  private static final class OpenFile
      extends DoFn<KV<String, Iterable<MatchResult.Metadata>>, FileRange> {
    private static final long serialVersionUID = 1;

    private final MatchFiles files;

    OpenFile(MatchFiles files) {
      this.files = files;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<MatchResult.Metadata>> found, OutputReceiver<FileRange> out)
        throws IOException {
      files.refusal.during(() -> open(found, out));
    }

    private void open(
        KV<String, Iterable<MatchResult.Metadata>> found, OutputReceiver<FileRange> out)
        throws IOException {
      String name = found.getKey();
      // Names are unique, so the group of a name has one file.
      MatchResult.Metadata file = found.getValue().iterator().next();
      StoredFile source = new StoredFile(name, file.sizeBytes());
      FileHeader header = FileHeader.read(source, files.schema, files.format);
      for (ByteRange range :
          RangeSplitter.of(source, files.schema, header.format(), files.rangeBytes)) {
        out.output(new FileRange(range, name, file.sizeBytes(), header));
      }
    }
  }
}
