package personas.pipeline;

import static org.apache.beam.sdk.values.TypeDescriptors.iterables;
import static org.apache.beam.sdk.values.TypeDescriptors.kvs;
import static org.apache.beam.sdk.values.TypeDescriptors.strings;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import personas.data.ByteRange;
import personas.data.CsvBuffer;
import personas.data.DuplicatePolicy;
import personas.data.Header;
import personas.data.InputFormat;
import personas.data.Moments;
import personas.data.RangeOutcome;
import personas.data.RangePlan;
import personas.data.RangeReader;
import personas.data.Rejection;
import personas.data.RejectionExamples;
import personas.data.Shard;
import personas.data.ShardReference;
import personas.data.UserSample;
import personas.data.UserSchema;
import personas.pipeline.RangeRead.FileRange;
import personas.spec.InputSpec;

/**
 * Files in, totals out: the rows are staged as columnar shards on the way and leave Beam for good.
 *
 * <p>A large file is read in parallel byte ranges. Whether a range starts inside a quoted field is
 * known only when the range before it has been read, so each range assumes that it does not and
 * says where its first record starts; a range that assumed wrongly is read again.
 */
final class ReadUsers extends PTransform<PBegin, PCollection<ReadTotals>> {
  private static final long serialVersionUID = 1;

  private static final TypeDescriptor<KV<String, Iterable<FileRange>>> RANGES =
      kvs(strings(), iterables(TypeDescriptor.of(FileRange.class)));
  private static final TypeDescriptor<ReadTotals> READ_TOTALS = TypeDescriptor.of(ReadTotals.class);
  private static final Coder<FileRange> RANGE = SerializableCoder.of(FileRange.class);
  private static final Coder<RangeRead> READ = SerializableCoder.of(RangeRead.class);
  private static final Coder<ReadTotals> TOTALS = SerializableCoder.of(ReadTotals.class);

  private final RunPlan plan;

  ReadUsers(RunPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollection<ReadTotals> expand(PBegin begin) {
    PCollection<String> input =
        begin.apply("Input", Create.of(plan.input()).withCoder(StringUtf8Coder.of()));
    return totals(ranges(input))
        .apply("Check records", MapElements.into(READ_TOTALS).via(new CheckRecords(plan)))
        .setCoder(TOTALS);
  }

  /** An element for each range, or one for all of them. */
  private PCollection<KV<String, Iterable<FileRange>>> ranges(PCollection<String> input) {
    InputSpec spec = plan.spec().input();
    boolean files = spec.bigquery() == null && spec.jdbc() == null;
    if (files && plan.ownThreads()) {
      return input
          .apply(
              "Match files", MapElements.into(RANGES).via(new MatchAllFiles(new MatchFiles(plan))))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), IterableCoder.of(RANGE)));
    }
    return staged(input)
        .setCoder(RANGE)
        .apply("Key ranges", WithKeys.of(new RangeKey(plan.ownThreads())).withKeyType(strings()))
        .apply("Spread ranges", GroupByKey.create());
  }

  private PCollection<FileRange> staged(PCollection<String> input) {
    InputSpec spec = plan.spec().input();
    if (spec.bigquery() != null) {
      return input.apply("Stage BigQuery", new StageBigQuery(plan));
    }
    return spec.jdbc() != null
        ? input.apply("Stage query", ParDo.of(new StageQuery(plan)))
        : input.apply("Match files", ParDo.of(new MatchFiles(plan)));
  }

  private PCollection<ReadTotals> totals(PCollection<KV<String, Iterable<FileRange>>> ranges) {
    ReadRange readRange = new ReadRange(plan);
    ChainRanges chain = new ChainRanges(readRange, plan);
    ReadTotals.Merge merge = new ReadTotals.Merge(plan.spec().features().size());
    if (plan.ownThreads()) {
      return ranges
          .apply(
              "Read ranges",
              MapElements.into(READ_TOTALS).via(new ReadAll(readRange, chain, merge)))
          .setCoder(TOTALS);
    }
    return ranges
        .apply("Read ranges", ParDo.of(readRange))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), READ))
        .apply("Group by file", GroupByKey.create())
        .apply("Chain ranges", ParDo.of(chain))
        .setCoder(READ)
        .apply("Merge totals", Combine.globally(merge).withoutDefaults())
        .setCoder(TOTALS);
  }

  private record RangeKey(boolean together) implements SerializableFunction<FileRange, String> {
    @Override
    public String apply(FileRange task) {
      return together ? "" : task.range().start() + " " + task.range().file();
    }
  }

  /** Pattern → the byte ranges of the files that match it, each with its file's header. */
  static final class MatchFiles extends DoFn<String, FileRange> {
    private static final long serialVersionUID = 1;

    private final RefusalFile refusal;
    private final UserSchema schema;
    private final InputFormat format;
    private final long rangeBytes;

    MatchFiles(RunPlan plan) {
      refusal = new RefusalFile(plan.staging());
      schema = plan.spec().schema();
      format = plan.spec().input().format();
      rangeBytes = plan.rangeBytes();
    }

    @ProcessElement
    public void process(@Element String pattern, OutputReceiver<FileRange> out) throws IOException {
      refusal.during(() -> ranges(pattern).forEach(out::output));
    }

    List<FileRange> ranges(String pattern) throws IOException {
      MatchResult match = FileSystems.match(pattern);
      List<MatchResult.Metadata> files = new ArrayList<>(match.metadata());
      files.sort(Comparator.comparing(file -> file.resourceId().toString()));
      List<FileRange> ranges = new ArrayList<>();
      long bytes = 0;
      boolean countsBytes = true;
      for (MatchResult.Metadata file : files) {
        String name = file.resourceId().toString();
        BeamFile source = new BeamFile(name, file.sizeBytes());
        Header header = Header.read(source, schema, format);
        for (ByteRange range : RangePlan.of(source, schema, header.format(), rangeBytes)) {
          ranges.add(new FileRange(range, name, file.sizeBytes(), header));
          countsBytes &= !header.format().isTyped() && range.end() <= file.sizeBytes();
          bytes += range.end() - range.start();
        }
      }
      return countsBytes ? withShares(ranges, bytes) : ranges;
    }

    private static List<FileRange> withShares(List<FileRange> ranges, long bytes) {
      List<FileRange> shared = new ArrayList<>();
      for (FileRange each : ranges) {
        double length = each.range().end() - each.range().start();
        shared.add(each.withShare(length / bytes));
      }
      return shared;
    }
  }

  /** The same, all ranges in one element. */
  private record MatchAllFiles(MatchFiles matching)
      implements ProcessFunction<String, KV<String, Iterable<FileRange>>> {
    @Override
    public KV<String, Iterable<FileRange>> apply(String pattern) throws IOException {
      return KV.of("", matching.ranges(pattern));
    }
  }

  /** All ranges → what reading them gave, as a whole. */
  private record ReadAll(ReadRange reader, ChainRanges chain, ReadTotals.Merge merge)
      implements ProcessFunction<KV<String, Iterable<FileRange>>, ReadTotals> {
    @Override
    public ReadTotals apply(KV<String, Iterable<FileRange>> tasks) throws IOException {
      Map<String, List<RangeRead>> byFile = new TreeMap<>();
      for (RangeRead read : reader.readAll(tasks.getValue())) {
        byFile.computeIfAbsent(read.task().range().file(), file -> new ArrayList<>()).add(read);
      }
      ReadTotals.Merge.Accumulator totals = merge.createAccumulator();
      for (List<RangeRead> file : byFile.values()) {
        for (RangeRead read : chain.settled(file)) {
          merge.addInput(totals, read);
        }
      }
      return merge.extractOutput(totals);
    }
  }

  /** Ranges → what reading each gave, keyed by its file. */
  static final class ReadRange
      extends DoFn<KV<String, Iterable<FileRange>>, KV<String, RangeRead>> {
    private static final long serialVersionUID = 1;

    /** Users a shard: large enough for the kernel, small enough for many per worker. */
    private static final int MAX_SHARD_ROWS = 1 << 18;

    private static final int MIN_SHARD_ROWS = 1 << 12;

    /** The numbers of one shard take this part of the heap at most. */
    private static final int HEAP_PARTS = 64;

    private final Counter readRecords = Metrics.counter("personas", "records_read");
    private final Counter rejectedRecords = Metrics.counter("personas", "records_rejected");
    private final UserSchema schema;
    private final Folder staging;
    private final Folder shardFolder;
    private final Folder rejectedFolder;
    private final Folder sampleFolder;
    private final SampleSize sampleSize;
    private final long seed;
    private final int candidates;
    private final boolean mayHold;

    ReadRange(RunPlan plan) {
      schema = plan.spec().schema();
      staging = plan.stagingFolder();
      shardFolder = plan.stagingFolder().sub("shards");
      rejectedFolder = plan.stagingFolder().sub("rejected");
      sampleFolder = plan.stagingFolder().sub("samples");
      sampleSize = SampleSize.of(plan.spec());
      seed = plan.spec().clustering().seed();
      candidates = plan.spec().clustering().k().candidates().size();
      mayHold = plan.inMemory();
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<FileRange>> tasks, OutputReceiver<KV<String, RangeRead>> out)
        throws IOException {
      List<RangeRead> reads =
          new RefusalFile(staging.path()).during(() -> readAll(tasks.getValue()));
      reads.forEach(read -> out.output(KV.of(read.task().range().file(), read)));
    }

    List<RangeRead> readAll(Iterable<FileRange> tasks) throws IOException {
      List<FileRange> taken = new ArrayList<>();
      tasks.forEach(taken::add);
      return SideBySide.map(taken, this::read);
    }

    private RangeRead read(FileRange task) throws IOException {
      RangeRead read = read(task, -1);
      ProgressMarks.read(staging, read.outcome().ledger());
      readRecords.inc(read.outcome().ledger().read());
      rejectedRecords.inc(read.outcome().ledger().rejectedTotal());
      return read;
    }

    /**
     * @param forcedStart where the first record starts, or -1 where the reader is to find it
     */
    RangeRead read(FileRange task, long forcedStart) throws IOException {
      return read(task, forcedStart, new BitSet());
    }

    /**
     * @param repeated which valid records, counted from 0, are rejected for a repeated id
     */
    RangeRead read(FileRange task, long forcedStart, BitSet repeated) throws IOException {
      ByteRange range = task.range();
      List<ShardReference> shards = new ArrayList<>();
      Moments moments = new Moments(schema.features().size());
      UserSample sample = new UserSample(sampleSize.ofPart(task.share()), schema.features().size());
      RangeReader reader =
          new RangeReader(schema, task.header().format(), task.header(), maxShardRows());
      try (RejectedWriter rejected = new RejectedWriter(rejectedFolder)) {
        RangeOutcome outcome =
            reader.read(
                new BeamFile(range.file(), task.path(), task.fileSize()),
                range,
                forcedStart,
                repeated,
                shard -> {
                  long[] hashes = hashes(shard);
                  shards.add(stage(shard, hashes, range, shards.size()));
                  moments.add(schema, shard.columns(), shard.rows());
                  for (int row = 0; row < shard.rows(); row++) {
                    sample.add(hashes[row], shard.columns(), row);
                  }
                },
                rejected::add);
        return new RangeRead(
            task,
            outcome,
            shards,
            rejected.files(),
            rejected.examples,
            moments,
            StagedSamples.put(sampleFolder, sample, mayHold),
            "");
      }
    }

    /** Nothing but memory and speed depends on it. */
    private int maxShardRows() {
      long bytesARow = (long) Double.BYTES * schema.features().size();
      long rows = Runtime.getRuntime().maxMemory() / HEAP_PARTS / bytesARow;
      return (int) Math.min(MAX_SHARD_ROWS, Math.max(MIN_SHARD_ROWS, rows));
    }

    private ShardReference stage(Shard shard, long[] hashes, ByteRange range, int number)
        throws IOException {
      // A name of its own: a bundle that is tried again never writes over what another try reads.
      String path = shardFolder.file(UUID.randomUUID() + ".shard");
      ShardStore.put(path, shard, schema.idColumn() == null ? null : hashes, mayHold);
      ShardCache.offer(path, shard, candidates);
      return new ShardReference(path, range.file(), range.start(), number, shard.rows());
    }

    /** Of the ids; where users have none, of their values. */
    private long[] hashes(Shard shard) {
      long[] hashes = new long[shard.rows()];
      for (int row = 0; row < hashes.length; row++) {
        hashes[row] =
            schema.idColumn() == null ? shard.valueHash(row, seed) : shard.idHash(row, seed);
      }
      return hashes;
    }
  }

  /**
   * Rejected records of one range, as the lines of rejected-*.csv; no file where there are none.
   */
  private static final class RejectedWriter implements AutoCloseable {
    private final Folder folder;
    private final CsvBuffer line = new CsvBuffer();
    private final RejectionExamples examples = new RejectionExamples();
    private String path;
    private OutputStream out;

    RejectedWriter(Folder folder) {
      this.folder = folder;
    }

    void add(Rejection rejection) throws IOException {
      if (out == null) {
        path = folder.file(UUID.randomUUID() + ".csv");
        out = Folder.create(path);
      }
      examples.add(rejection);
      rejection.appendCsv(line);
      line.writeTo(out);
      line.clear();
    }

    List<String> files() {
      return path == null ? List.of() : List.of(path);
    }

    @Override
    public void close() throws IOException {
      if (out != null) {
        out.close();
      }
    }
  }

  /** All ranges of a file → the same, where needed read again from where a record really starts. */
  static final class ChainRanges extends DoFn<KV<String, Iterable<RangeRead>>, RangeRead> {
    private static final long serialVersionUID = 1;

    private final ReadRange reader;
    private final boolean keepReads;
    private final Folder readsFolder;

    ChainRanges(ReadRange reader, RunPlan plan) {
      this.reader = reader;
      // To find out who comes later takes all ranges, and then some are read again.
      this.keepReads = plan.spec().input().duplicates() == DuplicatePolicy.REJECT_LATER;
      this.readsFolder = plan.stagingFolder().sub("reads");
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<RangeRead>> file, OutputReceiver<RangeRead> out)
        throws IOException {
      new RefusalFile(reader.staging.path())
          .during(() -> settled(file.getValue()).forEach(out::output));
    }

    List<RangeRead> settled(Iterable<RangeRead> file) throws IOException {
      List<RangeRead> ranges = new ArrayList<>();
      file.forEach(ranges::add);
      ranges.sort(Comparator.comparingLong(read -> read.task().range().start()));
      List<RangeRead> all = new ArrayList<>();
      long next = -1;
      for (RangeRead read : ranges) {
        RangeRead settled =
            next < 0 || read.outcome().firstRecordStart() == next
                ? read
                : reader.read(read.task(), next);
        next = settled.outcome().nextRecordStart();
        all.add(keepReads ? settled.staged(readsFolder) : settled);
      }
      return all;
    }
  }
}
