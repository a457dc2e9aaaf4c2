package personas.pipeline.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.SerializedFile;
import personas.pipeline.combine.ValueCoder;
import personas.run.shard.RangeStaging;
import personas.run.state.StagedPiece;
import personas.run.state.StagedRange;
import personas.table.RangeBoundaries;
import personas.table.RangeKey;
import personas.table.RecordSpan;
import personas.table.read.FileRange;
import personas.table.read.RangeChain;

/**
 * Reads the ranges of a table and stages their results.
 *
 * <p>All ranges are read in parallel. Whether a range starts inside a quoted field is known only
 * when the ranges before it have been read. So each range is read under the assumption that it does
 * not start in a quoted field, and also records where its records would start and end if the
 * assumption were wrong. One task per file then checks the assumptions, and ranges with a wrong
 * assumption are read again in parallel.
 *
 * <p>The rows of an Avro file are numbered, so a range can be read only when the number of rows
 * before the range is known. First, all ranges except the first count the rows of their blocks, for
 * which a few bytes of each block are read. The counts are added up, and then the ranges are read
 * in parallel.
 */
final class StageRanges
    extends PTransform<PCollection<FileRange>, PCollection<KV<RangeKey, StagedPiece>>> {
  private static final long serialVersionUID = 1;

  static final Coder<RangeKey> KEY_CODER =
      new ValueCoder<>(RangeKey.class, RangeKey::write, RangeKey::read);
  static final Coder<StagedPiece> PIECE_CODER =
      new ValueCoder<>(StagedPiece.class, StagedPiece::write, StagedPiece::read);

  private final RangeStaging staging;
  private final Folder folder;
  private final RefusalFile refusal;

  /**
   * Creates the transform.
   *
   * @param staging reads and stages one range
   * @param folder the folder that gets the results
   * @param refusal the file that gets the reason if a range is refused
   */
  StageRanges(RangeStaging staging, Folder folder, RefusalFile refusal) {
    this.refusal = refusal;
    this.staging = staging;
    this.folder = folder.sub("ranges");
  }

  @Override
  public PCollection<KV<RangeKey, StagedPiece>> expand(PCollection<FileRange> ranges) {
    return ranges
        .apply("Key ranges", WithKeys.of(new KeyOfRange()))
        .setCoder(KvCoder.of(KEY_CODER, SerializableCoder.of(FileRange.class)))
        .apply("Spread ranges", GroupByKey.create())
        .apply("Read range", ParDo.of(new ReadRange(staging, folder, refusal)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(RangeBoundaries.class)))
        .apply("Group by file", GroupByKey.create())
        .apply("Settle quote states", ParDo.of(new SettleRanges(staging, refusal)))
        .setCoder(KvCoder.of(KEY_CODER, SerializableCoder.of(SettledRange.class)))
        .apply("Spread settled ranges", GroupByKey.create())
        .apply("Read again if misread", ParDo.of(new ReadMisreadRange(staging, folder, refusal)))
        .setCoder(KvCoder.of(KEY_CODER, PIECE_CODER));
  }

  private static final class KeyOfRange implements SerializableFunction<FileRange, RangeKey> {
    private static final long serialVersionUID = 1;

    @Override
    public RangeKey apply(FileRange range) {
      return range.key();
    }
  }

  /**
   * Saves a range in a new file, because a later step may still read the file of an earlier
   * attempt.
   */
  private static String save(StagedRange read, Folder folder) throws IOException {
    String file = folder.file(UUID.randomUUID() + ".range");
    SerializedFile.save(read, file);
    return file;
  }

  private static StagedRange load(String file) throws IOException {
    return SerializedFile.load(file, StagedRange.class);
  }

  /** Emits where the records of a range start and end; the key is the file. */
  private static final class ReadRange
      extends DoFn<KV<RangeKey, Iterable<FileRange>>, KV<String, RangeBoundaries>> {
    private static final long serialVersionUID = 1;

    private final RangeStaging staging;
    private final Folder folder;
    private final RefusalFile refusal;

    ReadRange(RangeStaging staging, Folder folder, RefusalFile refusal) {
      this.refusal = refusal;
      this.staging = staging;
      this.folder = folder;
    }

    @ProcessElement
    public void process(
        @Element KV<RangeKey, Iterable<FileRange>> range,
        OutputReceiver<KV<String, RangeBoundaries>> out)
        throws IOException {
      FileRange task = range.getValue().iterator().next();
      RangeBoundaries boundaries = refusal.during(() -> read(task));
      out.output(KV.of(task.range().file(), boundaries));
    }

    private RangeBoundaries read(FileRange task) throws IOException {
      StagedRange read = staging.stage(task, RangeStaging.UNKNOWN_START);
      List<RecordSpan> spans = new ArrayList<>(List.of(read.outcome().span()));
      spans.addAll(staging.otherSpans(read));
      return new RangeBoundaries(task.range(), save(read, folder), spans);
    }
  }

  /** Emits all ranges of a file, each with the start of the first record. */
  private static final class SettleRanges
      extends DoFn<KV<String, Iterable<RangeBoundaries>>, KV<RangeKey, SettledRange>> {
    private static final long serialVersionUID = 1;

    private final RangeStaging staging;
    private final RefusalFile refusal;

    SettleRanges(RangeStaging staging, RefusalFile refusal) {
      this.refusal = refusal;
      this.staging = staging;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<RangeBoundaries>> file,
        OutputReceiver<KV<RangeKey, SettledRange>> out)
        throws IOException {
      List<RangeBoundaries> ranges = new ArrayList<>();
      file.getValue().forEach(ranges::add);
      List<RangeChain.Link> links = refusal.during(() -> RangeChain.settle(ranges, this::span));
      for (RangeChain.Link link : links) {
        RangeBoundaries range = link.range();
        out.output(
            KV.of(
                new RangeKey(range.range().file(), range.range().start()),
                new SettledRange(
                    range.resultFile(),
                    link.isMisread() ? link.firstRecordStart() : RangeStaging.UNKNOWN_START,
                    link.rowsBefore())));
      }
    }

    private RecordSpan span(RangeBoundaries range, long firstRecordStart) throws IOException {
      return staging.span(load(range.resultFile()).task(), firstRecordStart);
    }
  }

  /** Emits the result of a range. Reads the range again if it was read from a wrong position. */
  private static final class ReadMisreadRange
      extends DoFn<KV<RangeKey, Iterable<SettledRange>>, KV<RangeKey, StagedPiece>> {
    private static final long serialVersionUID = 1;

    private final RangeStaging staging;
    private final Folder folder;
    private final RefusalFile refusal;

    ReadMisreadRange(RangeStaging staging, Folder folder, RefusalFile refusal) {
      this.refusal = refusal;
      this.staging = staging;
      this.folder = folder;
    }

    @ProcessElement
    public void process(
        @Element KV<RangeKey, Iterable<SettledRange>> settled,
        OutputReceiver<KV<RangeKey, StagedPiece>> out)
        throws IOException {
      SettledRange range = settled.getValue().iterator().next();
      String result = range.resultFile();
      if (range.readFrom() != RangeStaging.UNKNOWN_START) {
        result = refusal.during(() -> readAgain(range));
      }
      out.output(KV.of(settled.getKey(), StagedPiece.result(result)));
    }

    private String readAgain(SettledRange range) throws IOException {
      FileRange task = load(range.resultFile()).task().withRowsBefore(range.rowsBefore());
      return save(staging.stage(task, range.readFrom()), folder);
    }
  }
}
