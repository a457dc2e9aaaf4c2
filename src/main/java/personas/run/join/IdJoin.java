package personas.run.join;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import personas.connector.storage.Folder;
import personas.feature.shard.IdBlocks;
import personas.feature.shard.IdIndex;
import personas.feature.shard.StagedIds.Chunk;

/**
 * Joins the ids of two tables whose hashes begin with the same bits. If an id occurs twice, the
 * first row in the order of the input wins, in either table.
 *
 * <p>The ids are matched group by group, see {@link IdBlocks#GROUPS}, so that the index of a group
 * stays within the caches of a processor: 10 million ids in 16 parts take half the time.
 */
final class IdJoin {
  /** Stands for the code of a user who is not in the previous table. */
  static final int UNKNOWN = -1;

  private final int parts;
  private final IdIndex users = new IdIndex();
  private final IdIndex previousUsers = new IdIndex();

  /** The places of the previous users of a group who were found. */
  private final BitSet found = new BitSet();

  private short[] codes = new short[1 << 10];

  /**
   * A join.
   *
   * @param parts how many parts all ids were cut into
   */
  IdJoin(int parts) {
    this.parts = parts;
  }

  /** Takes what is known of the first row of a previous user. */
  interface PreviousUsers {
    /**
     * Takes a user and returns a code of the user, 0 to 32,767.
     *
     * @param block the place of its block among those of the previous users
     * @param number what stands beside the id
     */
    int codeOf(int block, int number);
  }

  /** Takes what is known of one row. */
  interface Rows {
    /**
     * Takes a row.
     *
     * @param block the place of its block among those of the users
     * @param number what stands beside the id
     * @param previousCode the code of the user in the previous table, or {@link #UNKNOWN}
     * @param isFirst whether no earlier row has the id
     */
    void take(int block, int number, int previousCode, boolean isFirst);
  }

  /** Takes a previous user who is not among the users. */
  interface GoneUsers {
    /**
     * Takes a user, in the order of the previous table within a group.
     *
     * @param id in UTF-8
     * @param code of the user in the previous table
     */
    void take(byte[] id, int code) throws IOException;
  }

  /**
   * Goes through both tables.
   *
   * @param previousBlocks ids of the previous table, in the order of its input
   * @param userBlocks ids of the users, in the order of the input
   * @param gone null if nobody asks who is gone
   */
  void forEach(
      List<IdBlock> previousBlocks,
      List<IdBlock> userBlocks,
      PreviousUsers previous,
      Rows rows,
      GoneUsers gone)
      throws IOException {
    List<List<IdBlocks.Cursor>> earlier = read(previousBlocks);
    List<List<IdBlocks.Cursor>> own = read(userBlocks);
    for (int group = 0; group < IdBlocks.GROUPS; group++) {
      previousUsers.clear();
      for (int i = 0; i < earlier.size(); i++) {
        int block = i;
        for (IdBlocks.Cursor cursor : earlier.get(i)) {
          cursor.forEach(group, (ids, offset) -> addPrevious(ids, offset, block, previous));
        }
      }
      users.clear();
      found.clear();
      for (int i = 0; i < own.size(); i++) {
        int block = i;
        for (IdBlocks.Cursor cursor : own.get(i)) {
          cursor.forEach(group, (ids, offset) -> match(ids, offset, block, rows));
        }
      }
      for (int place = 0; gone != null && place < previousUsers.size(); place++) {
        if (!found.get(place)) {
          gone.take(previousUsers.id(place), codes[place]);
        }
      }
    }
  }

  private List<List<IdBlocks.Cursor>> read(List<IdBlock> blocks) throws IOException {
    List<List<IdBlocks.Cursor>> all = new ArrayList<>();
    for (IdBlock block : blocks) {
      List<IdBlocks.Cursor> cursors = new ArrayList<>();
      for (Chunk chunk : block.chunks()) {
        cursors.add(
            new IdBlocks.Cursor(Folder.read(block.path(), chunk.offset(), chunk.length()), parts));
      }
      all.add(cursors);
    }
    return all;
  }

  private void addPrevious(byte[] ids, int offset, int block, PreviousUsers previous) {
    int place = previousUsers.add(ids, offset);
    if (place < 0) {
      return;
    }
    if (place >= codes.length) {
      codes = Arrays.copyOf(codes, 2 * place);
    }
    codes[place] = (short) previous.codeOf(block, IdBlocks.number(ids, offset));
  }

  private void match(byte[] ids, int offset, int block, Rows rows) {
    boolean isFirst = users.add(ids, offset) >= 0;
    int place = previousUsers.find(ids, offset);
    if (place >= 0) {
      found.set(place);
    }
    rows.take(block, IdBlocks.number(ids, offset), place < 0 ? UNKNOWN : codes[place], isFirst);
  }
}
