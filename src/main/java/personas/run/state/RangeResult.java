package personas.run.state;

import java.util.List;
import personas.feature.moments.Moments;
import personas.feature.shard.RecordDigest;
import personas.feature.shard.ShardReference;
import personas.feature.shard.StagedIds;
import personas.table.RangeOutcome;
import personas.table.ledger.RejectionExamples;
import personas.table.read.FileRange;

/**
 * What reading one range of users gave.
 *
 * @param shards the staged users
 * @param rejectedFile the staged rejected records; empty if there is none
 * @param examples a few of the rejected records
 * @param moments the exact moments of the users, raw
 * @param sampleFile the staged sample of the users
 * @param previousUsers users of each cluster of the previous run, a share of them that was counted
 *     beside this range; empty if there is none
 * @param goneFiles staged users of the previous run who are gone, a share of them that was found
 *     beside this range
 * @param repeatedId the first id that an earlier row has; empty if nobody asks
 * @param records the digest of the users; of no users for a score
 */
public record RangeResult(
    FileRange task,
    RangeOutcome outcome,
    List<ShardReference> shards,
    StagedIds ids,
    String rejectedFile,
    RejectionExamples examples,
    Moments moments,
    String sampleFile,
    List<Long> previousUsers,
    List<StagedFiles.GoneFile> goneFiles,
    String repeatedId,
    RecordDigest records)
    implements StagedRange {

  /**
   * The same users, of which some have the id of an earlier user.
   *
   * @param first the first such id; empty if nobody asks
   */
  public RangeResult withRepeatedIds(long count, String first) {
    return new RangeResult(
        task,
        outcome.withLedger(outcome.ledger().withRepeatedIds(count)),
        shards,
        ids,
        rejectedFile,
        examples,
        moments,
        sampleFile,
        previousUsers,
        goneFiles,
        first,
        records);
  }

  /** The same users in shards that know the clusters of the previous run. */
  public RangeResult withPrevious(List<ShardReference> knowingShards, IdMatches matches) {
    return new RangeResult(
        task,
        outcome,
        knowingShards,
        ids,
        rejectedFile,
        examples,
        moments,
        sampleFile,
        matches.previousUsers(),
        matches.goneFiles(),
        repeatedId,
        records);
  }
}
