package personas.run.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import personas.connector.storage.Folder;
import personas.connector.storage.RejectedFileWriter;
import personas.feature.UserSchema;
import personas.feature.moments.Moments;
import personas.feature.shard.RecordDigest;
import personas.feature.shard.RecordHasher;
import personas.feature.shard.Shard;
import personas.feature.shard.UserSample;
import personas.run.ProgressFiles;
import personas.run.RunPlan;
import personas.run.SampleSize;
import personas.run.state.RangeResult;
import personas.run.state.ShardReference;
import personas.run.state.StagedSample;
import personas.table.RangeOutcome;
import personas.table.bytes.HeapShare;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;

/** Reads ranges of users into staged shards, and rejected records into a staged file. */
public final class StageUsers implements RangeStaging {
  private static final long serialVersionUID = 1;

  /** The largest number of users of a shard, so that a worker gets many shards. */
  private static final int MAX_SHARD_ROWS = 1 << 18;

  private static final int MIN_SHARD_ROWS = 1 << 12;

  /** The shards that a worker reads at the same time use at most one 32nd of its heap. */
  private static final int HEAP_PARTS = 32;

  private final UserSchema schema;
  private final Folder staging;
  private final int sampleUsers;
  private final long seed;
  private final List<Integer> candidates;
  private final int idParts;
  private final boolean hashesRecords;

  public StageUsers(RunPlan plan) {
    schema = plan.spec().schema();
    staging = plan.stagingFolder();
    sampleUsers = SampleSize.of(plan.spec()).users();
    seed = plan.spec().clustering().seed();
    candidates = plan.spec().clustering().k().candidates();
    idParts = plan.tuning().idParts();
    hashesRecords = !plan.isScore();
  }

  @Override
  public UserSchema schema() {
    return schema;
  }

  @Override
  public RangeResult stage(FileRange task, long firstRecordStart) throws IOException {
    RangeResult result = stage(task, firstRecordStart, new BitSet());
    ProgressFiles.addRange(staging, task.range(), result.outcome().ledger());
    return result;
  }

  /**
   * Reads a range and rejects the records whose ids occur in earlier rows.
   *
   * @param task the range
   * @param firstRecordStart the position of the first record, or {@link #UNKNOWN_START}
   * @param repeated the indexes of the rejected records among the valid records of the range
   */
  public RangeResult stage(FileRange task, long firstRecordStart, BitSet repeated)
      throws IOException {
    Reading reading = new Reading(task);
    RangeReader reader = new RangeReader(schema, task.header(), maxShardRows()).rejecting(repeated);
    RangeOutcome outcome;
    try (IdFileWriter ids = new IdFileWriter(staging.sub("ids"), idParts);
        RejectedFileWriter rejected = new RejectedFileWriter(staging.sub("rejected"))) {
      outcome =
          reader.read(
              RangeStaging.file(task),
              task.range(),
              firstRecordStart,
              shard -> reading.add(shard, ids),
              rejected::add);
      return new RangeResult(
          task,
          outcome,
          new RangeResult.Accepted(
              reading.shards,
              ids.staged(),
              reading.moments,
              StagedSample.of(reading.sample).path(staging.sub("samples")),
              reading.recordDigest),
          new RangeResult.Rejected(rejected.path(), rejected.examples()),
          RangeResult.Matched.NONE);
    }
  }

  /** Returns the largest number of users of a shard, which changes memory and speed only. */
  private int maxShardRows() {
    long bytesPerRow = (long) Double.BYTES * schema.features().size();
    long rows = HeapShare.ofThread(HEAP_PARTS, 0) / bytesPerRow;
    return (int) Math.min(MAX_SHARD_ROWS, Math.max(MIN_SHARD_ROWS, rows));
  }

  /** The staged shards of one range, and the sums over them. */
  private final class Reading {
    private final FileRange task;
    private final List<ShardReference> shards = new ArrayList<>();
    private final Moments moments = new Moments(schema.features().size());
    private final UserSample sample = new UserSample(sampleUsers, schema.features().size());
    private final RecordDigest recordDigest = new RecordDigest();
    private final RecordHasher hasher = hashesRecords ? new RecordHasher(schema) : null;
    private int rows;

    Reading(FileRange task) {
      this.task = task;
    }

    void add(Shard shard, IdFileWriter ids) throws IOException {
      if (hasher != null) {
        hasher.add(shard, recordDigest);
      }
      long[] hashes = hashes(shard);
      String path = ShardFiles.write(staging.sub("shards"), shard);
      ShardCache.offer(path, shard, candidates);
      shards.add(new ShardReference(path, task.key(), shards.size(), shard.rows()));
      moments.add(schema, shard.columns(), shard.weights(), shard.rows());
      addToSample(shard, hashes);
      if (schema.idColumn() != null) {
        int firstRow = rows;
        ids.add(shard, hashes, row -> firstRow + row);
      }
      rows += shard.rows();
    }

    private void addToSample(Shard shard, long[] hashes) {
      int[] weights = shard.weights();
      for (int row = 0; row < hashes.length; row++) {
        if (weights == null) {
          sample.add(hashes[row], shard.columns(), row);
        } else {
          sample.add(hashes[row], weights[row], shard.columns(), row);
        }
      }
    }

    /** Returns the hashes of the ids, or the hashes of the values if users have no ids. */
    private long[] hashes(Shard shard) {
      long[] hashes = new long[shard.rows()];
      for (int row = 0; row < hashes.length; row++) {
        hashes[row] =
            schema.idColumn() == null ? shard.valueHash(row, seed) : shard.idHash(row, seed);
      }
      return hashes;
    }
  }
}
