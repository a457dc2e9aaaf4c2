package personas.run.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.connector.storage.Folder;
import personas.feature.shard.IdBlocks;
import personas.feature.shard.IdIndex;
import personas.feature.shard.StagedIds.Chunk;
import personas.model.compare.MigrationCounts;
import personas.model.score.PreviousCode;
import personas.run.state.IdBlock;
import personas.run.state.IdMatches;

/**
 * Finds, among all ids whose hashes begin with the same bits, the users who are there twice and
 * those who were in the previous run. If an id occurs twice, the first row in the order of the
 * input wins, in either run.
 *
 * <p>The ids are matched group by group, see {@link IdBlocks#GROUPS}, so that the index of a group
 * stays within the caches of a processor: 10 million ids in 16 parts take half the time.
 */
public final class IdMatcher {
  private final int parts;
  private final IdIndex users = new IdIndex();
  private final IdIndex previousUsers = new IdIndex();
  private final long[] usersOfCluster;
  private byte[] clusterOf = new byte[1 << 10];

  /**
   * A matcher.
   *
   * @param parts how many parts all ids were cut into
   * @param clusters clusters of the previous run; 0 without one
   */
  public IdMatcher(int parts, int clusters) {
    this.parts = parts;
    usersOfCluster = new long[clusters];
  }

  /**
   * What the ids say of each range of users. The first range also gets the count of all previous
   * users.
   *
   * @param previousBlocks ids of the previous run, in the order of its input; empty without one
   * @param userBlocks ids of the users, in the order of the input
   * @return one finding per block of users
   */
  public List<IdMatches.Part> match(List<IdBlock> previousBlocks, List<IdBlock> userBlocks)
      throws IOException {
    List<IdMatches.Part> found = new ArrayList<>();
    userBlocks.forEach(block -> found.add(new IdMatches.Part()));
    forEach(
        previousBlocks,
        userBlocks,
        (block, row, previousCluster, isFirst) -> {
          if (!isFirst) {
            found.get(block).addRepeated(row);
          }
          if (previousCluster >= 0) {
            found.get(block).addKnown(row, PreviousCode.of(previousCluster, isFirst));
          }
        });
    if (!found.isEmpty() && usersOfCluster.length > 0) {
      found.get(0).countPreviousUsers(usersOfCluster);
    }
    return found;
  }

  /**
   * Counts the users of two runs by their clusters, if the number beside an id is a cluster in
   * either run.
   *
   * @param earlier blocks of the earlier run, in the order of its input
   * @param later blocks of the later run, in the order of its input
   * @param laterClusters clusters of the later run
   */
  public MigrationCounts migration(List<IdBlock> earlier, List<IdBlock> later, int laterClusters)
      throws IOException {
    MigrationCounts joined = new MigrationCounts(new long[usersOfCluster.length], laterClusters);
    forEach(
        earlier,
        later,
        (block, cluster, previousCluster, isFirst) -> {
          if (previousCluster < 0) {
            joined.addNewUser(cluster);
          } else {
            joined.addReturningUser(previousCluster, isFirst, cluster);
          }
        });
    MigrationCounts counts = new MigrationCounts(usersOfCluster, laterClusters);
    counts.merge(joined);
    return counts;
  }

  /** Takes what is known of one row. */
  private interface RowConsumer {
    /**
     * Takes a row.
     *
     * @param block the place of its block among those of the users
     * @param number what stands beside the id
     * @param previousCluster the cluster in the previous run; -1 if the user was not there
     * @param isFirst whether no earlier row has the id
     */
    void accept(int block, int number, int previousCluster, boolean isFirst);
  }

  private void forEach(List<IdBlock> previousBlocks, List<IdBlock> userBlocks, RowConsumer rows)
      throws IOException {
    List<List<Cursor>> previous = read(previousBlocks);
    List<List<Cursor>> own = read(userBlocks);
    for (int group = 0; group < IdBlocks.GROUPS; group++) {
      previousUsers.clear();
      for (List<Cursor> block : previous) {
        for (Cursor cursor : block) {
          cursor.forEach(group, this::addPrevious);
        }
      }
      users.clear();
      for (int i = 0; i < own.size(); i++) {
        int block = i;
        for (Cursor cursor : own.get(i)) {
          cursor.forEach(group, (ids, offset) -> match(ids, offset, block, rows));
        }
      }
    }
  }

  private List<List<Cursor>> read(List<IdBlock> blocks) throws IOException {
    List<List<Cursor>> all = new ArrayList<>();
    for (IdBlock block : blocks) {
      List<Cursor> cursors = new ArrayList<>();
      for (Chunk chunk : block.chunks()) {
        cursors.add(new Cursor(Folder.read(block.path(), chunk.offset(), chunk.length())));
      }
      all.add(cursors);
    }
    return all;
  }

  private interface EntryConsumer {
    void accept(byte[] ids, int offset);
  }

  /** Goes through the groups of one chunk. */
  private final class Cursor {
    private final byte[] ids;
    private int at;

    Cursor(byte[] ids) {
      this.ids = ids;
    }

    /** Takes the entries of the next group, in their order. */
    void forEach(int group, EntryConsumer consumer) {
      while (at < ids.length && IdBlocks.group(ids, at, parts) == group) {
        consumer.accept(ids, at);
        at = IdBlocks.next(ids, at);
      }
    }
  }

  private void addPrevious(byte[] ids, int offset) {
    int place = previousUsers.add(ids, offset);
    if (place < 0) {
      return;
    }
    int cluster = IdBlocks.number(ids, offset);
    if (place >= clusterOf.length) {
      clusterOf = Arrays.copyOf(clusterOf, 2 * place);
    }
    clusterOf[place] = (byte) cluster;
    usersOfCluster[cluster]++;
  }

  private void match(byte[] ids, int offset, int block, RowConsumer rows) {
    boolean isFirst = users.add(ids, offset) >= 0;
    int place = usersOfCluster.length == 0 ? -1 : previousUsers.find(ids, offset);
    int previousCluster = place < 0 ? -1 : clusterOf[place] & 0xFF;
    rows.accept(block, IdBlocks.number(ids, offset), previousCluster, isFirst);
  }
}
