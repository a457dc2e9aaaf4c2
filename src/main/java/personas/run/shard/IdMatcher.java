package personas.run.shard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.connector.storage.Folder;
import personas.data.IdIndex;
import personas.data.StagedIds.Chunk;
import personas.model.score.PreviousCode;
import personas.run.state.IdBlock;
import personas.run.state.IdMatches;

/**
 * Finds, among all ids whose hashes begin with the same bits, the users who are there twice and
 * those who were in the previous run. If an id occurs twice, the first row in the order of the
 * input wins, in either run.
 */
public final class IdMatcher {
  /** The bytes of an id of usual length with what stands beside it. */
  private static final int ENTRY_BYTES = 22;

  private final IdIndex users;
  private final IdIndex previousUsers;
  private final long[] usersOfCluster;
  private byte[] clusterOf = new byte[1 << 10];
  private boolean isCounted;

  /**
   * Reads the users of the previous run.
   *
   * @param previous their blocks, in the order of the input; empty without a previous run
   * @param clusters clusters of the previous run; 0 without one
   * @param users the blocks that will be matched, which tell how much room that takes
   */
  public IdMatcher(List<IdBlock> previous, int clusters, List<IdBlock> users) throws IOException {
    this.users = new IdIndex(entries(users));
    this.previousUsers = new IdIndex(entries(previous));
    usersOfCluster = new long[clusters];
    isCounted = clusters == 0;
    for (IdBlock block : previous) {
      for (Chunk chunk : block.chunks()) {
        byte[] ids = read(block, chunk);
        IdIndex.forEach(ids, offset -> addPrevious(ids, offset));
      }
    }
  }

  private static int entries(List<IdBlock> blocks) {
    long bytes = 0;
    for (IdBlock block : blocks) {
      bytes += block.chunks().stream().mapToLong(Chunk::length).sum();
    }
    return (int) Math.min(1 << 28, bytes / ENTRY_BYTES);
  }

  private static byte[] read(IdBlock block, Chunk chunk) throws IOException {
    return Folder.read(block.path(), chunk.offset(), chunk.length());
  }

  private void addPrevious(byte[] ids, int offset) {
    int place = previousUsers.add(ids, offset);
    if (place < 0) {
      return;
    }
    int cluster = IdIndex.number(ids, offset);
    if (place == clusterOf.length) {
      clusterOf = Arrays.copyOf(clusterOf, 2 * place);
    }
    clusterOf[place] = (byte) cluster;
    usersOfCluster[cluster]++;
  }

  /**
   * What the ids of a range say. Ranges have to come in the order of the input. The first one also
   * gets the count of all previous users.
   */
  public IdMatches.Part match(IdBlock block) throws IOException {
    IdMatches.Part found = new IdMatches.Part();
    if (!isCounted) {
      found.countPreviousUsers(usersOfCluster);
      isCounted = true;
    }
    for (Chunk chunk : block.chunks()) {
      byte[] ids = read(block, chunk);
      IdIndex.forEach(ids, offset -> match(ids, offset, found));
    }
    return found;
  }

  private void match(byte[] ids, int offset, IdMatches.Part found) {
    int row = IdIndex.number(ids, offset);
    boolean isFirst = users.add(ids, offset) >= 0;
    if (!isFirst) {
      found.addRepeated(row);
    }
    int place = usersOfCluster.length == 0 ? -1 : previousUsers.find(ids, offset);
    if (place >= 0) {
      found.addKnown(row, PreviousCode.of(clusterOf[place] & 0xFF, isFirst));
    }
  }
}
