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
 * Joins the ids of two tables whose hashes begin with the same bits. If an id occurs twice in a
 * table, the first row in the order of the input wins.
 *
 * <p>The ids are matched in {@link IdBlocks#GROUPS} groups, so that the index of a group stays in
 * the caches of the processor. This halves the time for 10 million ids in 16 parts.
 */
final class IdJoin {
  /** The code of a user who is not in the previous table. */
  static final int UNKNOWN = -1;

  private final int parts;
  private final IdIndex users = new IdIndex();
  private final IdIndex previousUsers = new IdIndex();

  /** The indexes of the previous users of a group who are also in the current table. */
  private final BitSet found = new BitSet();

  /** The code of each previous user of a group. */
  private short[] codes = new short[1 << 10];

  /**
   * Creates a join.
   *
   * @param parts the number of parts into which all ids are split
   */
  IdJoin(int parts) {
    this.parts = parts;
  }

  /** Gets the first row of each previous user, and returns a code of the user. */
  interface PreviousUsers {
    /**
     * Returns a code of a previous user, 0 to 32,767.
     *
     * @param block the index of the block with the user among the blocks of the previous users
     * @param number the number that is stored with the id
     */
    int codeOf(int block, int number);
  }

  /** Gets each row of the current table. */
  interface RowConsumer {
    /**
     * Gets a row.
     *
     * @param block the index of the block with the row among the blocks of the users
     * @param number the number that is stored with the id
     * @param previousCode the code of the user in the previous table, or {@link #UNKNOWN}
     * @param isFirst whether this row is the first one with its id
     */
    void take(int block, int number, int previousCode, boolean isFirst);
  }

  /** Gets each previous user who is not in the current table. */
  interface GoneUserConsumer {
    /**
     * Gets a user. Within a group, the users come in the order of the previous table.
     *
     * @param id the id in UTF-8
     * @param code the code of the user in the previous table
     */
    void take(byte[] id, int code) throws IOException;
  }

  /**
   * Joins both tables.
   *
   * @param previousBlocks ids of the previous table, in the order of the input
   * @param userBlocks ids of the current table, in the order of the input
   * @param previous gets the first row of each previous user
   * @param rows gets each row of the current table
   * @param gone gets the previous users who are not in the current table; null if they are not
   *     needed
   */
  void forEach(
      List<IdBlock> previousBlocks,
      List<IdBlock> userBlocks,
      PreviousUsers previous,
      RowConsumer rows,
      GoneUserConsumer gone)
      throws IOException {
    List<List<IdBlocks.Cursor>> previousCursors = read(previousBlocks);
    List<List<IdBlocks.Cursor>> userCursors = read(userBlocks);
    for (int group = 0; group < IdBlocks.GROUPS; group++) {
      previousUsers.clear();
      for (int i = 0; i < previousCursors.size(); i++) {
        int block = i;
        for (IdBlocks.Cursor cursor : previousCursors.get(i)) {
          cursor.forEach(group, (ids, offset) -> addPrevious(ids, offset, block, previous));
        }
      }
      users.clear();
      found.clear();
      for (int i = 0; i < userCursors.size(); i++) {
        int block = i;
        for (IdBlocks.Cursor cursor : userCursors.get(i)) {
          cursor.forEach(group, (ids, offset) -> match(ids, offset, block, rows));
        }
      }
      for (int user = 0; gone != null && user < previousUsers.size(); user++) {
        if (!found.get(user)) {
          gone.take(previousUsers.id(user), codes[user]);
        }
      }
    }
  }

  private List<List<IdBlocks.Cursor>> read(List<IdBlock> blocks) throws IOException {
    List<List<IdBlocks.Cursor>> cursorsOfBlocks = new ArrayList<>();
    for (IdBlock block : blocks) {
      List<IdBlocks.Cursor> cursors = new ArrayList<>();
      for (Chunk chunk : block.chunks()) {
        cursors.add(
            new IdBlocks.Cursor(Folder.read(block.path(), chunk.offset(), chunk.length()), parts));
      }
      cursorsOfBlocks.add(cursors);
    }
    return cursorsOfBlocks;
  }

  private void addPrevious(byte[] ids, int offset, int block, PreviousUsers previous) {
    int user = previousUsers.add(ids, offset);
    if (user < 0) {
      return;
    }
    if (user >= codes.length) {
      codes = Arrays.copyOf(codes, 2 * user);
    }
    codes[user] = (short) previous.codeOf(block, IdBlocks.number(ids, offset));
  }

  private void match(byte[] ids, int offset, int block, RowConsumer rows) {
    boolean isFirst = users.add(ids, offset) >= 0;
    int user = previousUsers.find(ids, offset);
    if (user >= 0) {
      found.set(user);
    }
    rows.take(block, IdBlocks.number(ids, offset), user < 0 ? UNKNOWN : codes[user], isFirst);
  }
}
