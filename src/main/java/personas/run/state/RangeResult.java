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
 * The result of reading one range of users.
 *
 * @param task the range
 * @param outcome where the records of the range begin and end, and how many were accepted and
 *     rejected
 * @param shards the staged users
 * @param ids where the ids of the users are staged
 * @param rejectedFile the staged rejected records; empty if there is none
 * @param examples a few of the rejected records
 * @param moments the exact moments of the raw values of the users
 * @param sampleFile the staged sample of the users
 * @param previousUsers users of each cluster of the previous run, as far as they are reported with
 *     this range; may be empty
 * @param goneFiles files of users of the previous run who are gone, as far as they are reported
 *     with this range
 * @param repeatedId the first id that an earlier row has; empty if repeated ids are allowed
 * @param records the digest of the users; an empty digest for a score
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
   * Returns this result with a number of repeated ids.
   *
   * @param count the number of users whose id an earlier user has
   * @param first the first repeated id; empty if repeated ids are allowed
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

  /** Returns this result with shards that refer to the clusters of the previous run. */
  public RangeResult withPrevious(List<ShardReference> shardsWithCodes, IdMatches matches) {
    return new RangeResult(
        task,
        outcome,
        shardsWithCodes,
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
