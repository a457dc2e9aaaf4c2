package personas.pipeline.read;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.KV;
import personas.confidence.Interval;
import personas.connector.Connectors;
import personas.connector.files.FileSource;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.connector.storage.StoredFile;
import personas.feature.moments.HistogramBins;
import personas.feature.moments.Standardizer;
import personas.feature.shard.UserSample;
import personas.kmeans.Centroids;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.kmeans.selection.KSelector;
import personas.kmeans.selection.ResampledFlow;
import personas.kmeans.selection.SampleDiagnostics;
import personas.kmeans.selection.StabilitySpread;
import personas.pipeline.assign.AssignmentContract;
import personas.pipeline.iterate.IterateKMeans;
import personas.run.JobTuning;
import personas.run.KnownModels;
import personas.run.ResultSettings;
import personas.run.RunFolders;
import personas.run.RunPlan;
import personas.run.join.IdBlock;
import personas.run.shard.PassCosts;
import personas.run.shard.RangeStaging;
import personas.run.shard.SlotAssigner;
import personas.run.shard.SlotSums;
import personas.run.shard.StageUsers;
import personas.run.state.AssignedUsers;
import personas.run.state.AssignmentResult;
import personas.run.state.IdMatches;
import personas.run.state.InputLedgers;
import personas.run.state.InputTotals;
import personas.run.state.Manifest;
import personas.run.state.PassResult;
import personas.run.state.RangeResult;
import personas.run.state.ShardReference;
import personas.run.state.StagedFiles;
import personas.run.state.StagedPiece;
import personas.run.state.StagedSample;
import personas.run.state.TrainingState;
import personas.spec.ClusterCount;
import personas.spec.ClusteringSpec;
import personas.spec.NumberRange;
import personas.spec.SegmentationSpec;
import personas.spec.SpecException;
import personas.spec.SpecOverrides;
import personas.table.RangeBoundaries;
import personas.table.RangeKey;
import personas.table.RecordSpan;
import personas.table.SimulatedUsers;
import personas.table.bytes.ByteRange;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;
import personas.table.read.RangeSplitter;
import personas.text.CsvBuffer;

/**
 * Prints what the graph moves for a billion and for ten billion users with four features, as the
 * Markdown tables of the architecture page. The number of ranges, slots and parts comes from the
 * classes that plan a run. The sizes are those of one range of simulated users of the usual length,
 * which is staged, summed and assigned by the classes of a run, and written by the coders of the
 * graph. The input is one CSV file, which is the hardest case for grouping by file.
 */
final class ScalePlan {
  private static final long[] USERS = {1_000_000_000L, 10_000_000_000L};

  /** As long as the path of a staging folder in a bucket. */
  private static final String FOLDER =
      "target/scale-plan/one-folder/.staging-unknown-12345-0123456789ab";

  private static final String INPUT = "target/scale-plan/one-folder/users.csv";
  private static final int PASSES = 8;

  private final StringBuilder steps = new StringBuilder();
  private final StringBuilder files = new StringBuilder();

  private ScalePlan() {}

  /** Prints the tables. */
  public static void main(String[] args) throws IOException {
    System.out.print(tables());
  }

  /** The tables, as Markdown. */
  static String tables() throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    ScalePlan plan = new ScalePlan();
    try {
      List<Size> sizes = new ArrayList<>();
      double rowBytes = rowBytes();
      for (long users : USERS) {
        sizes.add(new Size(users, rowBytes));
      }
      plan.steps(sizes);
      plan.files(sizes);
    } finally {
      new Folder("target/scale-plan").deleteTree();
    }
    return plan.steps + "\n" + plan.files;
  }

  /** Mean length of a line of simulated users. */
  private static double rowBytes() {
    int users = 100_000;
    return (double) lines(users).length / users;
  }

  private static byte[] lines(int users) {
    CsvBuffer buffer = new CsvBuffer();
    SimulatedUsers simulation = new SimulatedUsers(1);
    for (int i = 0; i < users; i++) {
      simulation.appendCsv(i, buffer);
    }
    return buffer.toByteArray();
  }

  /** Four features, and all candidates of k, so that a staged shard has room for each of them. */
  private static SegmentationSpec spec() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("src/bench/users.yaml"))) {
      return Connectors.readSpec("users.yaml", in)
          .withOverrides(new SpecOverrides(new FileSource(INPUT), Map.of(NumberRange.K, "auto")));
    } catch (SpecException e) {
      throw new IOException(e);
    }
  }

  private static <T> long bytes(Coder<T> coder, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    return out.size();
  }

  private static long fileBytes(String path) throws IOException {
    return Files.size(Path.of(path));
  }

  /** What a run over some users moves. */
  private static final class Size {
    final long users;
    final long inputBytes;
    final JobTuning tuning;
    final long ranges;
    final RunPlan plan;
    final RangeResult range;
    final List<Candidate> candidates = new ArrayList<>();
    final Standardizer standardizer;
    final UserSample sample;
    final Folder folder;
    final PassResult ofThree;
    final PassResult ofAll;
    final TrainingState last;
    final AssignedUsers assigned;

    Size(long users, double rowBytes) throws IOException {
      this.users = users;
      inputBytes = (long) (users * rowBytes);
      tuning =
          new JobTuning(
              JobTuning.rangeBytesOf(inputBytes),
              JobTuning.slotsOf(inputBytes),
              JobTuning.idPartsOf(inputBytes),
              PASSES,
              false);
      ranges = RangeSplitter.split(INPUT, inputBytes, true, tuning.rangeBytes()).size();
      plan =
          new RunPlan(
              spec(),
              new RunFolders(INPUT, "target/scale-plan/out", FOLDER),
              tuning,
              KnownModels.none(),
              ResultSettings.NONE);
      folder = plan.stagingFolder();
      range = stage((int) (tuning.rangeBytes() / rowBytes));
      standardizer = Standardizer.of(range.users().moments(), plan.spec().schema());
      sample = StagedSample.at(range.users().sampleFile()).load();
      double[][] z = standardizer.standardizeRows(sample.rows());
      for (int k = ClusterCount.AUTO.min(); k <= ClusterCount.AUTO.max(); k++) {
        candidates.add(candidate(z, k));
      }
      ofThree = passes(List.of(candidates.get(3 - ClusterCount.AUTO.min())), PASSES);
      ofAll = passes(candidates, 1);
      ClusteringSpec clustering = plan.spec().clustering();
      last = ofThree.next(clustering).stopped(clustering);
      assigned = assign();
    }

    /** Stages one range of the usual length. */
    private RangeResult stage(int rows) throws IOException {
      try (OutputStream out = Folder.create(INPUT)) {
        out.write((SimulatedUsers.HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        out.write(lines(rows));
      }
      StoredFile file = new StoredFile(INPUT, fileBytes(INPUT));
      FileHeader header = FileHeader.read(file, plan.spec().schema(), null);
      ByteRange all = new ByteRange(INPUT, 0, file.size());
      return new StageUsers(plan)
          .stage(
              new FileRange(all, INPUT, file.size(), header),
              RangeStaging.UNKNOWN_START,
              new BitSet());
    }

    private static Candidate candidate(double[][] z, int k) {
      double[] centroids = new double[k * z.length];
      for (int i = 0; i < centroids.length; i++) {
        centroids[i] = z[i % z.length][i / z.length];
      }
      return Candidate.start(
          "fresh seeding",
          Centroids.of(k, z.length, centroids),
          new SampleDiagnostics(
              5_000,
              new SampleDiagnostics.Stability(
                  shares(k), intervals(k), new StabilitySpread(0.7, 0.8, 0.9)),
              0.7,
              resampledFlow(k)));
    }

    private static List<Interval> intervals(int k) {
      return shares(k).stream().map(share -> new Interval(share / 2, share)).toList();
    }

    private static ResampledFlow resampledFlow(int k) {
      return new ResampledFlow(
          IntStream.range(0, k).boxed().toList(),
          shares(k),
          shares(k),
          shares(k),
          IntStream.range(0, k).mapToObj(i -> shares(k)).toList());
    }

    private static List<Double> shares(int k) {
      return IntStream.range(0, k).mapToObj(j -> 0.9).toList();
    }

    long blocks() {
      return ranges * tuning.idParts();
    }

    FileRange task() {
      return range.task();
    }

    long spreadBytes() throws IOException {
      return bytes(
          KvCoder.of(StageRanges.KEY_CODER, SerializableCoder.of(FileRange.class)),
          KV.of(task().key(), task()));
    }

    long boundaryBytes() throws IOException {
      RecordSpan span = range.outcome().span();
      return bytes(
          KvCoder.of(StringUtf8Coder.of(), SerializableCoder.of(RangeBoundaries.class)),
          KV.of(
              INPUT,
              new RangeBoundaries(
                  task().range(), path("ranges", ".range", 1), List.of(span, span))));
    }

    long settledBytes() throws IOException {
      return bytes(
          KvCoder.of(StageRanges.KEY_CODER, SerializableCoder.of(SettledRange.class)),
          KV.of(task().key(), new SettledRange(path("ranges", ".range", 1), -1, 0)));
    }

    long blockBytes() throws IOException {
      return bytes(
          KvCoder.of(VarIntCoder.of(), KeyIds.BLOCK_CODER),
          KV.of(tuning.idParts() - 1, IdBlock.of(IdBlock.Table.USERS, range, 0)));
    }

    long pieceBytes() throws IOException {
      return bytes(
          KvCoder.of(StageRanges.KEY_CODER, StageRanges.PIECE_CODER),
          KV.of(task().key(), StagedPiece.result(path("ranges", ".range", 1))));
    }

    long resultBytes() throws IOException {
      return bytes(SerializableCoder.of(RangeResult.class), range);
    }

    /** The parts of the composed accumulator of one range. */
    long accumulatorBytes() throws IOException {
      return bytes(MergeInput.MOMENTS_CODER, range.users().moments())
          + bytes(MergeInput.sampleCoder(folder), StagedSample.at(range.users().sampleFile()))
          + bytes(MergeInput.FILES_CODER, StagedFiles.of(range))
          + bytes(MergeInput.LEDGERS_CODER, InputLedgers.of(range))
          + bytes(MergeInput.USERS_CODER, List.of());
    }

    private String path(String name, String ending, long seed) {
      Random random = new Random(seed);
      return folder.sub(name).file(new UUID(random.nextLong(), random.nextLong()) + ending);
    }

    private StagedFiles allShards() {
      StagedFiles all = new StagedFiles();
      for (long i = 0; i < ranges; i++) {
        RangeResult each =
            new RangeResult(
                new FileRange(
                    new ByteRange(INPUT, i * tuning.rangeBytes(), (i + 1) * tuning.rangeBytes()),
                    INPUT,
                    inputBytes,
                    task().header()),
                range.outcome(),
                new RangeResult.Accepted(
                    shards(i),
                    range.ids(),
                    range.users().moments(),
                    range.users().sampleFile(),
                    range.users().recordDigest()),
                new RangeResult.Rejected("", range.rejected().examples()),
                RangeResult.Matched.NONE);
        all.merge(StagedFiles.of(each));
      }
      return all;
    }

    private List<ShardReference> shards(long rangeNumber) {
      List<ShardReference> shards = new ArrayList<>();
      for (ShardReference shard : range.users().shards()) {
        shards.add(
            new ShardReference(
                path("shards", ".shard", rangeNumber * 1_000 + shard.number()),
                new RangeKey(INPUT, rangeNumber * tuning.rangeBytes()),
                shard.number(),
                shard.rows()));
      }
      return shards;
    }

    long totalsBytes() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new InputTotals(
              allShards(),
              InputLedgers.of(range),
              range.users().moments(),
              StagedSample.at(range.users().sampleFile()),
              List.of())
          .write(new DataOutputStream(out), folder);
      return out.size();
    }

    private String manifest(StagedFiles shards, String name) throws IOException {
      String bins = folder.file("bins");
      SerializedFile.save(
          HistogramBins.of(sample.first(20_000).rows(), plan.spec().features().size()), bins);
      String file = folder.sub("start").file(name);
      SerializedFile.save(
          new Manifest(
              shards,
              InputLedgers.of(range),
              List.of(),
              standardizer,
              new Manifest.TrainingFiles(range.users().sampleFile(), bins)),
          file);
      return file;
    }

    long manifestBytes() throws IOException {
      return fileBytes(manifest(allShards(), "manifest-of-all"));
    }

    /** Sums and totals of one shard are as long as those of many. */
    private List<ShardReference> oneShard() {
      return range.users().shards().subList(0, 1);
    }

    private TrainingState start(List<Candidate> each) throws IOException {
      StagedFiles one = StagedFiles.of(range.withPrevious(oneShard(), new IdMatches(0, 0)));
      String file = manifest(one, "manifest-" + users);
      return new TrainingState(
          file, each, each.size() == 1 ? KSelector.only(each.get(0), true) : null);
    }

    private PassResult pass(TrainingState state) throws IOException {
      List<CandidateSums> sums =
          SlotSums.of(
              state,
              oneShard(),
              state.candidates().stream().map(Candidate::k).toList(),
              PassCosts.NONE);
      return new PassResult(Optional.of(state), sums);
    }

    /** The state and the sums after some passes, as the last one hands them on. */
    private PassResult passes(List<Candidate> each, int count) throws IOException {
      ClusteringSpec clustering = plan.spec().clustering();
      PassResult last = pass(start(each));
      for (int i = 1; i < count; i++) {
        TrainingState next = last.next(clustering);
        last = next.isDone() ? last : pass(next);
      }
      return last;
    }

    static long sumBytes(PassResult pass) throws IOException {
      return bytes(IterateKMeans.CODER, new PassResult(Optional.empty(), pass.sums()));
    }

    /** What one slot assigned. */
    private AssignedUsers assign() throws IOException {
      RunPlan oneSlot =
          new RunPlan(
              plan.spec(),
              plan.folders(),
              new JobTuning(tuning.rangeBytes(), 1, tuning.idParts(), PASSES, false),
              KnownModels.none(),
              ResultSettings.NONE);
      return new SlotAssigner(oneSlot, last).assign(0);
    }

    /** A result with other files. */
    AssignmentResult result(Optional<TrainingState> state, List<String> files) {
      return new AssignmentResult(
          state,
          Optional.of(
              new AssignedUsers(
                  assigned.clusters(),
                  null,
                  null,
                  new AssignedUsers.PersonaChanges(null, null),
                  files)));
    }

    List<String> resultFiles() {
      return IntStream.range(0, tuning.slots())
          .mapToObj(slot -> path("tries", "/assignments-00000.csv", slot))
          .toList();
    }
  }

  private void steps(List<Size> sizes) throws IOException {
    header(steps, sizes, "step", "elements | largest key or element | shuffled");
    step("Stage users/Spread ranges", sizes, size -> Moved.alone(size.ranges, size.spreadBytes()));
    step(
        "Stage users/Group by file",
        sizes,
        size -> Moved.ofOneKey(size.ranges, size.boundaryBytes()));
    step(
        "Stage users/Spread settled ranges",
        sizes,
        size -> Moved.alone(size.ranges, size.settledBytes()));
    step(
        "Group by hash (one key per part)",
        sizes,
        size -> Moved.ofKeys(size.blocks(), size.ranges, size.blockBytes()));
    step(
        "Group by range, no id occurs twice",
        sizes,
        size -> Moved.alone(size.ranges, size.pieceBytes()));
    step(
        "Group by range, every user is in a previous run",
        sizes,
        size ->
            Moved.ofKeys(
                size.blocks() + size.ranges, size.tuning.idParts() + 1L, size.pieceBytes()));
    step(
        "Finish range (not shuffled)", sizes, size -> Moved.still(size.ranges, size.resultBytes()));
    step(
        "Merge input/Combine, if the engine combines nothing before",
        sizes,
        size -> Moved.ofOneKey(size.ranges, size.accumulatorBytes()));
    step("Merge input/Totals, Check records", sizes, size -> Moved.still(1, size.totalsBytes()));
    step("Iteration/Slots", sizes, size -> Moved.alone(size.tuning.slots(), 3));
    step(
        "Iteration/State, k = 3, if the engine combines nothing before",
        sizes,
        size -> Moved.ofOneKey(size.tuning.slots(), Size.sumBytes(size.ofThree)));
    step(
        "Iteration/State, k: auto, if the engine combines nothing before",
        sizes,
        size -> Moved.ofOneKey(size.tuning.slots(), Size.sumBytes(size.ofAll)));
    step(
        "side input of an iteration, k = 3",
        sizes,
        size -> Moved.still(1, bytes(IterateKMeans.CODER, size.ofThree)));
    step(
        "side input of an iteration, k: auto",
        sizes,
        size -> Moved.still(1, bytes(IterateKMeans.CODER, size.ofAll)));
    step(
        "Assign users/Merge totals, if the engine combines nothing before",
        sizes,
        size ->
            Moved.ofOneKey(
                size.tuning.slots(),
                bytes(
                    AssignmentContract.CODER,
                    size.result(Optional.empty(), size.resultFiles().subList(0, 1)))));
    step(
        "Assign users/Merge totals, the result",
        sizes,
        size ->
            Moved.still(
                1,
                bytes(
                    AssignmentContract.CODER,
                    size.result(Optional.of(size.last), size.resultFiles()))));
  }

  private void files(List<Size> sizes) throws IOException {
    header(files, sizes, "files", "number | bytes of one | bytes of all");
    file("input", sizes, size -> Moved.alone(1, size.inputBytes));
    file(
        "shards",
        sizes,
        size ->
            Moved.alone(
                size.ranges * size.range.users().shards().size(),
                fileBytes(size.range.users().shards().get(0).path())));
    file("ids", sizes, size -> Moved.alone(size.ranges, fileBytes(size.range.ids().path())));
    file(
        "reads of pieces of these files in Match ids",
        sizes,
        size -> {
          long reads = size.blocks() * size.range.users().shards().size();
          return Moved.alone(
              reads, Math.max(1, size.ranges * fileBytes(size.range.ids().path()) / reads));
        });
    file(
        "results of ranges, read twice",
        sizes,
        size -> {
          String file = size.folder.file("one.range");
          SerializedFile.save(size.range, file);
          return Moved.alone(size.ranges, fileBytes(file));
        });
    file(
        "samples of ranges",
        sizes,
        size -> Moved.alone(size.ranges, fileBytes(size.range.users().sampleFile())));
    file(
        "marks of progress, and one for each process that reads",
        sizes,
        size -> Moved.alone(size.tuning.slots() + 1, 0));
    file("manifest, which each worker reads", sizes, size -> Moved.alone(1, size.manifestBytes()));
    file(
        "assignments",
        sizes,
        size -> {
          double ofUser =
              (double) fileBytes(size.assigned.files().get(0))
                  / size.range.users().shards().get(0).rows();
          return Moved.alone(
              size.tuning.slots(), (long) (ofUser * size.users / size.tuning.slots()));
        });
  }

  /** How much one step moves. */
  private record Moved(long elements, long largest, long total) {
    /** Each element has a key of its own. */
    static Moved alone(long elements, long bytes) {
      return new Moved(elements, bytes, elements * bytes);
    }

    static Moved ofOneKey(long elements, long bytes) {
      return new Moved(elements, elements * bytes, elements * bytes);
    }

    static Moved ofKeys(long elements, long ofOneKey, long bytes) {
      return new Moved(elements, ofOneKey * bytes, elements * bytes);
    }

    /** What an engine passes on within a worker, or broadcasts. */
    static Moved still(long elements, long bytes) {
      return new Moved(elements, bytes, 0);
    }
  }

  private interface Measure {
    Moved of(Size size) throws IOException;
  }

  private static void header(StringBuilder out, List<Size> sizes, String what, String columns) {
    String[] names = columns.split(" \\| ", -1);
    out.append("| ").append(what);
    for (Size size : sizes) {
      out.append(
          String.format(
              Locale.ROOT, " | %s, 1e%d", names[0], Math.round(Math.log10((double) size.users))));
      out.append(" | ").append(names[1]).append(" | ").append(names[2]);
    }
    out.append(" |\n| ---").append(" | ---:".repeat(3 * sizes.size())).append(" |\n");
  }

  private void step(String name, List<Size> sizes, Measure measure) throws IOException {
    row(steps, name, sizes, measure);
  }

  private void file(String name, List<Size> sizes, Measure measure) throws IOException {
    row(files, name, sizes, measure);
  }

  private static void row(StringBuilder out, String name, List<Size> sizes, Measure measure)
      throws IOException {
    out.append("| ").append(name);
    for (Size size : sizes) {
      Moved moved = measure.of(size);
      out.append(String.format(Locale.ROOT, " | %,d", moved.elements));
      out.append(" | ").append(rounded(moved.largest)).append(" | ").append(rounded(moved.total));
    }
    out.append(" |\n");
  }

  /** Bytes for people, two digits of them. */
  private static String rounded(long bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    double step = value >= 99.5 ? 10 : 1;
    return value < 9.95 && unit > 0
        ? String.format(Locale.ROOT, "%.1f %s", value, units[unit])
        : String.format(Locale.ROOT, "%.0f %s", Math.rint(value / step) * step, units[unit]);
  }
}
