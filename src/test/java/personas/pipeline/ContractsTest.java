package personas.pipeline;

import static org.apache.beam.sdk.testing.CombineFnTester.testCombineFn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.util.CoderUtils;
import org.hamcrest.CoreMatchers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;
import personas.describe.DescribedRows;
import personas.describe.DescribedUsers;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.moments.LevelCounts;
import personas.feature.moments.Moments;
import personas.feature.shard.RecordDigest;
import personas.feature.shard.StagedIds;
import personas.feature.shard.UserSample;
import personas.kmeans.Centroids;
import personas.kmeans.ClusterTotals;
import personas.kmeans.PassSums;
import personas.kmeans.selection.Candidate;
import personas.kmeans.selection.CandidateSums;
import personas.kmeans.selection.SampleDiagnostics;
import personas.math.SplitMix64;
import personas.model.compare.LabelCounts;
import personas.model.compare.MigrationCounts;
import personas.model.score.HeldTotals;
import personas.pipeline.assign.AssignmentContract;
import personas.pipeline.combine.StagedValueCoder;
import personas.pipeline.iterate.IterateKMeans;
import personas.pipeline.read.InputContract;
import personas.run.join.IdBlock;
import personas.run.state.AssignedUsers;
import personas.run.state.AssignmentResult;
import personas.run.state.InputLedgers;
import personas.run.state.PassResult;
import personas.run.state.RangeResult;
import personas.run.state.ShardReference;
import personas.run.state.StagedFiles;
import personas.run.state.StagedPiece;
import personas.run.state.StagedSample;
import personas.run.state.TrainingState;
import personas.table.InputFormat;
import personas.table.RangeKey;
import personas.table.RangeOutcome;
import personas.table.RecordSpan;
import personas.table.bytes.ByteRange;
import personas.table.csv.CsvLayout;
import personas.table.ledger.RejectReason;
import personas.table.ledger.RejectionExamples;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;

/** Checks Beam's contracts of every combine function and every coder. */
class ContractsTest {
  private static final int PARTS = 6;
  private static final int D = 3;

  @TempDir static Path folder;

  @BeforeAll
  static void fileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static Folder staging() {
    return new Folder(folder.toString());
  }

  /** Any order, any grouping and empty accumulators between give the same. */
  private static <T> void merges(CombineFn<T, ?, T> combine, List<T> parts, T whole) {
    testCombineFn(combine, parts, CoreMatchers.equalTo(whole));
  }

  private static <T> void encodes(Coder<T> coder, List<T> values) throws Exception {
    coder.verifyDeterministic();
    CoderProperties.coderSerializable(coder);
    for (T value : values) {
      CoderProperties.coderDecodeEncodeEqual(coder, value);
      CoderProperties.coderDeterministic(coder, value, value);
      T copy = CoderUtils.decodeFromByteArray(coder, bytes(coder, value));
      CoderProperties.coderDeterministic(coder, value, copy);
    }
  }

  private static <T> byte[] bytes(Coder<T> coder, T value) throws Exception {
    return CoderUtils.encodeToByteArray(coder, value);
  }

  private static double[][] columns(SplitMix64 random, int rows) {
    double[][] columns = new double[D][rows];
    for (double[] column : columns) {
      for (int row = 0; row < rows; row++) {
        column[row] = random.nextInt(1 << 20) / 7.0 - 1000;
      }
    }
    return columns;
  }

  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("a"), Feature.of("b"), Feature.of("c")), List.of());

  @Test
  void moments() throws Exception {
    List<Moments> parts = new ArrayList<>();
    Moments whole = new Moments(D);
    for (int part = 0; part < PARTS; part++) {
      Moments moments = new Moments(D);
      double[][] columns = columns(new SplitMix64(part), 100);
      moments.add(SCHEMA, columns, 100);
      whole.add(SCHEMA, columns, 100);
      parts.add(moments);
    }
    merges(InputContract.moments(D), parts, whole);
    encodes(InputContract.MOMENTS, parts);
  }

  /** What is encoded is the path of a staged file. */
  @Test
  void samples() throws Exception {
    for (int capacity : new int[] {10, 5_000}) {
      List<UserSample> parts = new ArrayList<>();
      UserSample whole = new UserSample(capacity, D);
      for (int part = 0; part < PARTS; part++) {
        UserSample sample = new UserSample(capacity, D);
        SplitMix64 random = new SplitMix64(40 + part);
        double[][] columns = columns(random, 4_000);
        for (int row = 0; row < 4_000; row++) {
          long hash = random.nextLong();
          sample.add(hash, columns, row);
          whole.add(hash, columns, row);
        }
        parts.add(sample);
      }
      List<StagedSample> staged = parts.stream().map(StagedSample::of).toList();
      merges(InputContract.sample(staging()), staged, StagedSample.of(whole));
      encodes(InputContract.sampleCoder(staging()), staged);
      assertTrue(bytes(InputContract.sampleCoder(staging()), staged.get(0)).length < 1_000);
    }
  }

  private static RangeResult range(int number) {
    String file = "file-" + number % 2;
    ByteRange bytes = new ByteRange(file, number * 100L, number * 100L + 100);
    FileRange task =
        new FileRange(
            bytes,
            file,
            1_000,
            new FileHeader(
                InputFormat.CSV,
                10,
                new CsvLayout(
                    ',', 4, new CsvLayout.FieldIndexes(0, List.of(1, 2, 3), List.of()), List.of()),
                0));
    TreeMap<RejectReason, Long> rejected = new TreeMap<>();
    rejected.put(RejectReason.FIELD_COUNT, (long) number);
    SourceLedger ledger =
        new SourceLedger(10, rejected, ValueCounts.ofImputed(List.of(0L, 1L, (long) number)));
    return new RangeResult(
        task,
        new RangeOutcome(new RecordSpan(number * 100L, number * 100L + 100), ledger),
        new RangeResult.Accepted(
            List.of(new ShardReference("shard-" + number, task.key(), 0, 10)),
            new StagedIds("ids-" + number, List.of(new int[] {4, 9})),
            new Moments(D),
            "sample-" + number,
            new RecordDigest()),
        new RangeResult.Rejected(
            number % 3 == 0 ? "" : "rejected-" + number, new RejectionExamples()),
        new RangeResult.Matched(
            number == 4 ? "twice" : "",
            List.of(1L, (long) number),
            List.of(new StagedFiles.GoneFile(number, "gone-" + number))));
  }

  @Test
  void stagedFilesAndLedgers() throws Exception {
    List<StagedFiles> files = new ArrayList<>();
    List<InputLedgers> ledgers = new ArrayList<>();
    StagedFiles allFiles = new StagedFiles();
    InputLedgers allLedgers = new InputLedgers();
    for (int number = 0; number < PARTS; number++) {
      files.add(StagedFiles.of(range(number)));
      ledgers.add(InputLedgers.of(range(number)));
      allFiles.merge(files.get(number));
      allLedgers.merge(ledgers.get(number));
    }
    assertEquals("twice", allLedgers.repeatedId());
    assertEquals(PARTS, allFiles.shards().size());
    merges(InputContract.files(staging()), files, allFiles);
    encodes(InputContract.FILES, files);
    StagedFiles many = new StagedFiles();
    for (int number = 0; number < 2_000; number++) {
      many.merge(StagedFiles.of(range(number)));
    }
    Coder<StagedFiles> staged = new StagedValueCoder<>(InputContract.FILES, staging());
    encodes(staged, List.of(many, files.get(0)));
    assertTrue(bytes(InputContract.FILES, many).length > 100_000);
    assertTrue(bytes(staged, many).length < 1_000);
    merges(InputContract.ledgers(), ledgers, allLedgers);
    for (InputLedgers each : ledgers) {
      CoderProperties.coderDecodeEncodeEqual(InputContract.LEDGERS, each);
    }
  }

  @Test
  void usersOfThePreviousRun() throws Exception {
    List<List<Long>> parts = List.of(List.of(1L, 2L), List.of(), List.of(10L, 20L), List.of());
    merges(InputContract.previousUsers(), parts, List.of(11L, 22L));
    encodes(InputContract.USERS, parts);
  }

  /** Each part has labels of its own, so that every merge moves the counts to other places. */
  @Test
  void countsOfTheUsersOfTwoTables() throws Exception {
    List<LabelCounts> parts = new ArrayList<>();
    List<String> rows = List.of("a0", "a1", "a2", "all");
    List<String> columns = List.of("", "b0", "b1");
    MigrationCounts whole = new MigrationCounts(new long[] {12, 5, 7, 60}, 3);
    for (int part = 0; part < PARTS; part++) {
      int own = part % 3;
      int to = 1 + part % 2;
      long[] before = {whole.before(own) * (part == own ? 1 : 0), part == 0 ? 60 : 0};
      MigrationCounts counts = new MigrationCounts(before, 2);
      for (int i = 0; i <= part; i++) {
        counts.addNewUser(1);
        whole.addNewUser(to);
        counts.addReturningUser(0, i == 0, 0);
        whole.addReturningUser(own, i == 0, 0);
        counts.addReturningUser(1, false, 1);
        whole.addReturningUser(3, false, to);
      }
      parts.add(new LabelCounts(List.of("a" + own, "all"), List.of("", "b" + (to - 1)), counts));
    }
    merges(InputContract.labels(), parts, new LabelCounts(rows, columns, whole));
    encodes(InputContract.LABELS, parts);
  }

  /** The second category passes the largest number of levels while the parts are merged. */
  @Test
  void countsOfLevels() throws Exception {
    List<LevelCounts> parts = new ArrayList<>();
    LevelCounts whole = new LevelCounts(2);
    for (int part = 0; part < PARTS; part++) {
      LevelCounts counts = new LevelCounts(2);
      for (int i = 0; i < 1_800; i++) {
        String own = "part " + part + ", value " + i;
        counts.add(0, "level " + (part + i) % 7, 1 + i);
        counts.add(1, own, 1);
        whole.add(0, "level " + (part + i) % 7, 1 + i);
        whole.add(1, own, 1);
      }
      parts.add(counts);
    }
    assertTrue(whole.hasTooManyLevels(1));
    merges(InputContract.levels(2), parts, whole);
    encodes(InputContract.LEVELS, List.of(parts.get(0), whole, new LevelCounts(0)));
  }

  @Test
  void elementsBetweenTheStepsOfReading() throws Exception {
    RangeKey key = new RangeKey("file", 17);
    encodes(InputContract.KEY, List.of(key, new RangeKey("", 0)));
    encodes(
        InputContract.PIECE,
        List.of(
            StagedPiece.result("a/b"),
            new StagedPiece(StagedPiece.Kind.ID_MATCHES, "c", 1L << 40, 12)));
    encodes(
        InputContract.BLOCK,
        List.of(
            IdBlock.of(IdBlock.Table.USERS, range(1), 0),
            IdBlock.of(IdBlock.Table.PREVIOUS_USERS, range(2), 1),
            new IdBlock(IdBlock.Table.USERS, key, "", List.of(), List.of("a", ""))));
  }

  private static PassSums sums(int part) {
    double[][] columns = columns(new SplitMix64(70 + part), 64);
    for (double[] column : columns) {
      for (int i = 0; i < column.length; i++) {
        column[i] = Math.rint(column[i]) * 0x1p-24;
      }
    }
    PassSums sums = new PassSums(2, D);
    int[] assignment = new int[64];
    Arrays.fill(assignment, -1);
    sums.addShard(
        columns,
        64,
        new personas.kmeans.LloydKernel(Centroids.of(2, D, new double[] {0, 0, 0, 1, 1, 1})),
        assignment);
    return sums;
  }

  @Test
  void passes() throws Exception {
    Candidate candidate =
        Candidate.start(
            "any",
            Centroids.of(2, D, new double[] {0, 0, 0, 1, 1, 1}),
            new SampleDiagnostics(0, List.of(), 0));
    TrainingState state = new TrainingState("manifest", List.of(candidate), null);
    List<PassResult> parts = new ArrayList<>();
    PassSums whole = new PassSums(2, D);
    for (int part = 0; part < PARTS; part++) {
      parts.add(
          new PassResult(
              part == 2 ? Optional.of(state) : Optional.empty(),
              List.of(new CandidateSums.Step(sums(part)))));
      whole.merge(sums(part));
    }
    merges(
        IterateKMeans.mergeFn(),
        parts,
        new PassResult(Optional.of(state), List.of(new CandidateSums.Step(whole))));
    encodes(IterateKMeans.CODER, parts);
  }

  /** The users of some parts, each with a text of its own and one that all have. */
  private static DescribedUsers described(int from, int to) {
    DescribedRows counted = new DescribedRows(List.of("c"), 2);
    for (int part = from; part < to; part++) {
      counted.add(part % 2, List.of("7.5"));
      counted.add(part % 2, List.of("part " + part));
    }
    return counted.users();
  }

  private static HeldTotals held(int from, int to) {
    HeldTotals totals = new HeldTotals(2);
    for (int part = from; part < to; part++) {
      totals.addBlock(new int[] {part % 2, 1}, new double[] {part / 3.0, 1}, 2);
      totals.addHeld();
    }
    return totals;
  }

  private static AssignmentResult assigned(
      ClusterTotals totals, DescribedUsers described, HeldTotals held, List<String> files) {
    return new AssignmentResult(
        Optional.empty(),
        Optional.of(
            new AssignedUsers(
                new AssignedUsers.ClusterSums(totals, null, null),
                described,
                null,
                new AssignedUsers.PersonaChanges(null, held),
                files)));
  }

  @Test
  void assignments() throws Exception {
    List<AssignmentResult> parts = new ArrayList<>();
    ClusterTotals totals = new ClusterTotals(2, D);
    List<String> files = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      ClusterTotals own = new ClusterTotals(2, D);
      double[][] columns = columns(new SplitMix64(90 + part), 16);
      own.addBlock(columns, 0, 16, new int[16], new double[16]);
      totals.merge(own);
      files.add("file-" + part);
      DescribedUsers described = described(part, part + 1);
      parts.add(assigned(own, described, held(part, part + 1), List.of("file-" + part)));
    }
    merges(
        AssignmentContract.mergeFn(),
        parts,
        assigned(totals, described(0, PARTS), held(0, PARTS), files));
    encodes(AssignmentContract.CODER, parts);
    encodes(AssignmentContract.CODER, List.of(AssignmentResult.NONE));
  }
}
