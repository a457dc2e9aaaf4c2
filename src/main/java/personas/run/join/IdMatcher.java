package personas.run.join;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import personas.model.score.PreviousCode;
import personas.run.state.IdMatches;

/**
 * Finds, among all ids whose hashes begin with the same bits, the users who are there twice and
 * those who were in the previous run.
 */
public final class IdMatcher {
  private final IdJoin join;
  private final long[] usersOfCluster;

  /**
   * A matcher.
   *
   * @param parts how many parts all ids were cut into
   * @param clusters clusters of the previous run; 0 without one
   */
  public IdMatcher(int parts, int clusters) {
    join = new IdJoin(parts);
    usersOfCluster = new long[clusters];
  }

  /**
   * What the ids say of each range of users. The first range also gets the count of all previous
   * users.
   *
   * @param previousBlocks ids of the previous run, in the order of its input; empty without one
   * @param userBlocks ids of the users, in the order of the input
   * @param gone takes the previous users who are not among the users; null if nobody asks
   * @return one finding per block of users
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
      found.get(0).countPreviousUsers(usersOfCluster);
    }
    return found;
  }
}
