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
 * Pattern → the ranges of the files that match it. The files are opened in parallel: grouping by
 * name spreads them, in one step where a Reshuffle takes seven.
 */
public final class MatchFiles extends PTransform<PCollection<String>, PCollection<FileRange>> {
  private static final long serialVersionUID = 1;

  private final UserSchema schema;
  private final InputFormat format;
  private final long rangeBytes;
  private final RefusalFile refusal;

  /**
   * Matches files.
   *
   * @param schema the columns that each file has
   * @param format the format of the files; null if each file tells it
   * @param rangeBytes about the most bytes of a range
   * @param refusal where the reason stands if a file is refused
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

  /** A pattern → the files that match it, keyed by their names. */
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

  /** A file → its ranges, each with the header of the file. */
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
      // One file has one name, so there is one.
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
