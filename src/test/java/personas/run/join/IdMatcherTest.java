package personas.run.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import personas.connector.storage.Folder;
import personas.connector.storage.StoredFile;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.shard.IdBlocks;
import personas.feature.shard.StagedIds;
import personas.model.compare.LabelCounts;
import personas.model.compare.MigrationCounts;
import personas.model.score.PreviousCode;
import personas.run.ComparedTable;
import personas.run.ComparisonPlan;
import personas.run.RunFolders;
import personas.run.shard.IdFileWriter;
import personas.run.shard.RangeStaging;
import personas.run.state.IdMatches;
import personas.table.InputFormat;
import personas.table.read.FileHeader;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;
import personas.table.read.RangeSplitter;

/** Compares repeated ids and users of a previous run with hash maps of strings. */
class IdMatcherTest {
  private static final UserSchema SCHEMA =
      new UserSchema("id", List.of(Feature.of("cluster")), List.of());
  private static final long SEED = 5;
  private static final int CLUSTERS = 3;

  @TempDir Path folder;

  private record Row(String id, int cluster) {}

  private static List<Row> rows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(new Row("user-" + random.nextInt(2 * count), random.nextInt(CLUSTERS)));
    }
    return rows;
  }

  /** Stages a table in several ranges and returns the ids of each. */
  private List<StagedIds> staged(String name, List<Row> rows, int parts, boolean places)
      throws Exception {
    StringBuilder csv = new StringBuilder("id,cluster\n");
    rows.forEach(row -> csv.append(row.id).append(',').append(row.cluster).append('\n'));
    Path file = Files.write(folder.resolve(name), csv.toString().getBytes(StandardCharsets.UTF_8));
    StoredFile source = new StoredFile(file.toString(), Files.size(file));
    FileHeader header = FileHeader.read(source, SCHEMA, InputFormat.CSV);
    List<StagedIds> staged = new ArrayList<>();
    for (var range : RangeSplitter.of(source, SCHEMA, InputFormat.CSV, 4_000)) {
      FileRange task = new FileRange(range, file.toString(), source.size(), header);
      int[] before = {0};
      try (IdFileWriter ids = new IdFileWriter(new Folder(folder.toString()), parts)) {
        new RangeReader(SCHEMA, header, 100)
            .read(
                RangeStaging.file(task),
                range,
                -1,
                shard -> {
                  long[] hashes = new long[shard.rows()];
                  for (int row = 0; row < hashes.length; row++) {
                    hashes[row] = shard.idHash(row, SEED);
                  }
                  int first = before[0];
                  ids.add(shard, hashes, row -> places ? (int) shard.column(0)[row] : first + row);
                  before[0] += shard.rows();
                },
                rejection -> {
                  throw new IllegalStateException(rejection.toString());
                });
        staged.add(ids.staged());
      }
    }
    return staged;
  }

  private static List<IdBlock> blocks(
      IdBlock.Table table, String name, List<StagedIds> staged, int part) {
    List<IdBlock> blocks = new ArrayList<>();
    for (int i = 0; i < staged.size(); i++) {
      blocks.add(
          new IdBlock(
              table,
              new personas.table.RangeKey(name, i),
              staged.get(i).path(),
              staged.get(i).part(part),
              List.of()));
    }
    return blocks;
  }

  @Test
  void agreesWithHashMapsOfStrings() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Random random = new Random(SEED);
    List<Row> users = rows(random, 2_000);
    List<Row> previous = rows(random, 1_500);
    for (int parts : new int[] {1, 8}) {
      List<StagedIds> staged = staged("users.csv", users, parts, false);
      List<StagedIds> stagedBefore = staged("previous.csv", previous, parts, true);
      assertTrue(staged.size() > 3, staged.size() + " ranges");
      boolean[] repeated = new boolean[users.size()];
      short[] codes = new short[users.size()];
      long[] usersBefore = new long[CLUSTERS];
      Map<String, Integer> gone = new HashMap<>();
      for (int part = 0; part < parts; part++) {
        List<IdBlock> blocks = blocks(IdBlock.Table.USERS, "users.csv", staged, part);
        GoneUserWriter goneUsers = new GoneUserWriter(new Folder(folder.toString()));
        List<IdMatches.Part> found;
        try (goneUsers) {
          found =
              new IdMatcher(parts, CLUSTERS)
                  .match(
                      blocks(IdBlock.Table.PREVIOUS_USERS, "previous.csv", stagedBefore, part),
                      blocks,
                      goneUsers);
        }
        GoneUsers.read(
            goneUsers.path(),
            (id, cluster) -> {
              Integer other = gone.put(new String(id, StandardCharsets.UTF_8), cluster);
              assertEquals(null, other, "each user once");
            });
        int first = 0;
        for (IdBlock block : blocks) {
          int rows = rowsOf(staged.get((int) block.range().start()), parts);
          IdMatches matches = new IdMatches(rows, CLUSTERS);
          matches.add(written(found.get((int) block.range().start())));
          int before = first;
          matches.repeatedRows().stream().forEach(row -> repeated[before + row] = true);
          for (int row = 0; row < rows; row++) {
            codes[first + row] |= matches.codes()[row];
          }
          for (int j = 0; j < CLUSTERS; j++) {
            usersBefore[j] += matches.previousUsers().get(j);
          }
          first += rows;
        }
        assertEquals(users.size(), first);
      }
      check(users, previous, repeated, codes, usersBefore);
      checkGone(users, previous, gone);
    }
  }

  /** As a comparison does it: the place of a label of its block stands beside each id. */
  @Test
  void countsTheUsersOfTwoTablesAsHashMapsDo() throws Exception {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    Random random = new Random(SEED + 1);
    List<Row> later = rows(random, 2_000);
    List<Row> earlier = rows(random, 1_500);
    Map<String, Integer> clusters = new HashMap<>();
    long[] before = new long[CLUSTERS];
    for (Row row : earlier) {
      if (clusters.putIfAbsent(row.id, row.cluster) == null) {
        before[row.cluster]++;
      }
    }
    MigrationCounts expected = new MigrationCounts(before, CLUSTERS);
    Set<String> seen = new HashSet<>();
    for (Row row : later) {
      Integer cluster = clusters.get(row.id);
      if (cluster == null) {
        expected.addNewUser(row.cluster);
      } else {
        expected.addReturningUser(cluster, seen.add(row.id), row.cluster);
      }
    }
    List<String> names = List.of("p0", "p1", "p2");
    List<String> laterNames = List.of("q2", "q1", "q0");
    ComparedTable table = new ComparedTable("t.csv", "id", "cluster", List.of());
    for (long bytes : new long[] {1, 1L << 34}) {
      ComparisonPlan plan =
          new ComparisonPlan(table, table, new RunFolders("", "out", "out"), bytes);
      int parts = plan.idParts();
      List<StagedIds> stagedLater = staged("later.csv", later, parts, true);
      List<StagedIds> stagedEarlier = staged("earlier.csv", earlier, parts, true);
      LabelCounts counts = LabelCounts.NONE;
      for (int part = 0; part < parts; part++) {
        List<IdBlock> blocks = new ArrayList<>();
        for (IdBlock block :
            blocks(IdBlock.Table.PREVIOUS_USERS, "earlier.csv", stagedEarlier, part)) {
          blocks.add(labeled(block, names));
        }
        for (IdBlock block : blocks(IdBlock.Table.USERS, "later.csv", stagedLater, part)) {
          blocks.add(labeled(block, laterNames));
        }
        Collections.shuffle(blocks, random);
        counts = counts.with(new LabelMatcher(plan).count(IdPart.of(blocks)));
      }
      assertEquals(expected, counts.ordered(names, laterNames), parts + " parts");
    }
  }

  private static IdBlock labeled(IdBlock block, List<String> labels) {
    return new IdBlock(block.table(), block.range(), block.path(), block.chunks(), labels);
  }

  private static int rowsOf(StagedIds ids, int parts) throws Exception {
    int[] rows = {0};
    for (int part = 0; part < parts; part++) {
      for (StagedIds.Chunk chunk : ids.part(part)) {
        byte[] block = Folder.read(ids.path(), chunk.offset(), chunk.length());
        for (int at = 0; at < block.length; at = IdBlocks.next(block, at)) {
          rows[0]++;
        }
      }
    }
    return rows[0];
  }

  private static DataInputStream written(IdMatches.Part part) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.write(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static void checkGone(List<Row> users, List<Row> previous, Map<String, Integer> gone) {
    Map<String, Integer> expected = new HashMap<>();
    previous.forEach(row -> expected.putIfAbsent(row.id, row.cluster));
    users.forEach(row -> expected.remove(row.id));
    assertTrue(expected.size() > 100, expected.size() + " gone");
    assertEquals(expected, gone);
  }

  private static void check(
      List<Row> users, List<Row> previous, boolean[] repeated, short[] codes, long[] usersBefore) {
    Map<String, Integer> clusters = new HashMap<>();
    long[] counts = new long[CLUSTERS];
    for (Row row : previous) {
      if (clusters.putIfAbsent(row.id, row.cluster) == null) {
        counts[row.cluster]++;
      }
    }
    assertArrayEquals(counts, usersBefore);
    Set<String> seen = new HashSet<>();
    int known = 0;
    for (int i = 0; i < users.size(); i++) {
      String id = users.get(i).id;
      boolean isFirst = seen.add(id);
      assertEquals(!isFirst, repeated[i], "row " + i);
      Integer cluster = clusters.get(id);
      short code = cluster == null ? 0 : PreviousCode.of(cluster, isFirst);
      assertEquals(code, codes[i], "row " + i);
      known += cluster == null ? 0 : 1;
    }
    assertTrue(known > 100 && seen.size() < users.size() - 100, known + " known");
  }
}
