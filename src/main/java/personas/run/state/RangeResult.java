package personas.run.state;

import java.io.Serializable;
import java.util.List;
import personas.feature.moments.Moments;
import personas.feature.shard.RecordDigest;
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
 * @param users the accepted records
 * @param rejected the rejected records
 * @param matched the users whose ids also occur in other tables or in earlier rows
 */
public record RangeResult(
    FileRange task, RangeOutcome outcome, Accepted users, Rejected rejected, Matched matched)
    implements StagedRange {

  /**
   * The accepted records of a range.
   *
   * @param shards the staged users
   * @param ids where the ids of the users are staged
   * @param moments the exact moments of the raw values of the users
   * @param sampleFile the path of the staged sample of the users
   * @param recordDigest the digest of the records; an empty digest for a score
   */
  public record Accepted(
      List<ShardReference> shards,
      StagedIds ids,
      Moments moments,
      String sampleFile,
      RecordDigest recordDigest)
      implements Serializable {

    private Accepted with(List<ShardReference> otherShards) {
      return new Accepted(otherShards, ids, moments, sampleFile, recordDigest);
    }
  }

  /**
   * The rejected records of a range.
   *
   * @param file the file with the staged rejected records; empty if there are none
   * @param examples a few of the rejected records
   */
  public record Rejected(String file, RejectionExamples examples) implements Serializable {}

  /**
   * The users of a range whose ids also occur in other tables or in earlier rows.
   *
   * @param repeatedId the first id that also occurs in an earlier row; empty if repeated ids are
   *     allowed
   * @param previousUsers the number of users of each cluster of the previous run, see {@link
   *     IdMatches#previousUsers}; empty if this range reports no counts
   * @param goneFiles the files of users of the previous run who are gone that this range reports
   */
  public record Matched(
      String repeatedId, List<Long> previousUsers, List<StagedFiles.GoneFile> goneFiles)
      implements Serializable {
    /** The matches before the ids are compared. */
    public static final Matched NONE = new Matched("", List.of(), List.of());
  }

  @Override
  public StagedIds ids() {
    return users.ids();
  }

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
        users,
        rejected,
        new Matched(first, matched.previousUsers, matched.goneFiles));
  }

  /**
   * Returns this result with the matches of the ids.
   *
   * @param shardsWithCodes the shards of the range with the files of the users' previous clusters
   * @param matches the matches of the ids of the range
   */
  public RangeResult withPrevious(List<ShardReference> shardsWithCodes, IdMatches matches) {
    return new RangeResult(
        task,
        outcome,
        users.with(shardsWithCodes),
        rejected,
        new Matched(matched.repeatedId, matches.previousUsers(), matches.goneFiles()));
  }
}
