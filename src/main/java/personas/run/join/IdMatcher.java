package personas.run.join;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.model.score.PreviousCode;
import personas.run.state.IdMatches;

/**
 * Finds, among all ids whose hashes begin with the same bits, repeated ids and users of the
 * previous run.
 */
public final class IdMatcher {
  private final IdJoin join;
  private final long[] usersOfCluster;

  /**
   * Creates a matcher.
   *
   * @param parts the number of parts into which all ids are split
   * @param clusters the number of clusters of the previous run; 0 without a previous run
   */
  public IdMatcher(int parts, int clusters) {
    join = new IdJoin(parts);
    usersOfCluster = new long[clusters];
  }

  /**
   * Finds the matches of each block of users. The result of the first block also holds the counts
   * of all previous users.
   *
   * @param previousBlocks ids of the previous run, in the order of the input; empty without a
   *     previous run
   * @param userBlocks ids of the users, in the order of the input
   * @param gone gets the previous users who are not in the current run; null if they are not needed
   * @return one result per block of users
   */
  public List<IdMatches.Part> match(
      List<IdBlock> previousBlocks, List<IdBlock> userBlocks, GoneUserWriter gone)
      throws IOException {
    List<IdMatches.Part> found = new ArrayList<>();
    userBlocks.forEach(block -> found.add(new IdMatches.Part()));
    join.forEach(
        previousBlocks,
        userBlocks,
        (block, cluster) -> {
          usersOfCluster[cluster]++;
          return cluster;
        },
        (block, row, previousCluster, isFirst) -> {
          if (!isFirst) {
            found.get(block).addRepeated(row);
          }
          if (previousCluster != IdJoin.UNKNOWN) {
            found.get(block).addKnown(row, PreviousCode.of(previousCluster, isFirst));
          }
        },
        gone == null ? null : gone::add);
    if (!found.isEmpty() && usersOfCluster.length > 0) {
      found.get(0).setPreviousUsers(usersOfCluster);
    }
    return found;
  }
}
