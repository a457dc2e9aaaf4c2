package personas.run.shard;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import personas.connector.storage.Folder;
import personas.run.RunPlan;
import personas.run.state.IdMatches;
import personas.run.state.RangeResult;
import personas.run.state.ShardReference;
import personas.spec.DuplicatePolicy;

/**
 * Finishes a range after the ids are matched: handles repeated ids and adds the previous clusters.
 */
public final class RangeFinisher implements Serializable {
  private static final long serialVersionUID = 1;

  private final StageUsers staging;
  private final DuplicatePolicy duplicates;
  private final boolean looksUpPreviousUsers;
  private final Folder folder;

  public RangeFinisher(RunPlan plan) {
    staging = new StageUsers(plan);
    duplicates = plan.spec().input().duplicates();
    looksUpPreviousUsers = plan.looksUpPreviousUsers();
    folder = plan.stagingFolder().sub("shards");
  }

  /**
   * Returns the final result of a range.
   *
   * @param read the result of reading the range
   * @param matches the matches of the ids of the range
   */
  public RangeResult finish(RangeResult read, IdMatches matches) throws IOException {
    BitSet repeated = matches.repeatedRows();
    RangeResult result = read;
    short[] codes = matches.codes();
    if (!repeated.isEmpty()) {
      switch (duplicates) {
        case WARN -> result = read.withRepeatedIds(repeated.cardinality(), "");
        case REJECT_LATER -> {
          long start = read.outcome().span().firstRecordStart();
          result = staging.stage(read.task(), start, repeated);
          codes = without(repeated, codes);
        }
        case FAIL ->
            result =
                read.withRepeatedIds(
                    repeated.cardinality(), id(read.users().shards(), repeated.nextSetBit(0)));
      }
    }
    return looksUpPreviousUsers
        ? result.withPrevious(withCodes(result.users().shards(), codes), matches)
        : result;
  }

  private static String id(List<ShardReference> shards, int row) throws IOException {
    int rowOfShard = row;
    for (ShardReference shard : shards) {
      if (rowOfShard < shard.rows()) {
        return ShardFiles.whole(shard).id(rowOfShard);
      }
      rowOfShard -= shard.rows();
    }
    throw new IllegalStateException("the shards have no row " + row);
  }

  private static short[] without(BitSet rows, short[] codes) {
    short[] kept = new short[codes.length == 0 ? 0 : codes.length - rows.cardinality()];
    int index = 0;
    for (int row = rows.nextClearBit(0); index < kept.length; row = rows.nextClearBit(row + 1)) {
      kept[index++] = codes[row];
    }
    return kept;
  }

  private List<ShardReference> withCodes(List<ShardReference> shards, short[] codes)
      throws IOException {
    List<ShardReference> shardsWithCodes = new ArrayList<>();
    int from = 0;
    for (ShardReference shard : shards) {
      int to = from + shard.rows();
      shardsWithCodes.add(
          shard.withPreviousClusters(ShardFiles.writeCodes(folder, codes, from, to)));
      from = to;
    }
    return shardsWithCodes;
  }
}
