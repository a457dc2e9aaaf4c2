package personas.run.history;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import personas.connector.storage.Folder;
import personas.feature.shard.IdBlocks;
import personas.feature.shard.IdIndex;
import personas.feature.shard.StagedIds.Chunk;
import personas.model.compare.FlipBacks;
import personas.run.join.IdBlock;

/**
 * Replays the histories of all users whose ids have hashes that begin with the same bits. If an id
 * occurs twice in a run, the first row in the order of the input wins. Users are processed in
 * {@link IdBlocks#GROUPS} groups, so that only the histories of one group are in memory.
 */
public final class HistoryReplay implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int ABSENT = -1;

  private final UserCode code;
  private final int runs;
  private final int parts;

  public HistoryReplay(HistoryPlan plan) {
    this.code = plan.code();
    this.runs = plan.runs().size();
    this.parts = plan.idParts();
  }

  /**
   * Counts the flip-backs.
   *
   * @param blocks the ids of all runs, each run in the order of its input
   */
  public FlipBacks count(List<IdBlock> blocks) throws IOException {
    List<IdBlocks.Cursor> cursors = new ArrayList<>();
    for (IdBlock block : blocks) {
      for (Chunk chunk : block.chunks()) {
        byte[] ids = Folder.read(block.path(), chunk.offset(), chunk.length());
        cursors.add(new IdBlocks.Cursor(ids, parts));
      }
    }
    FlipBacks counts = new FlipBacks();
    Histories histories = new Histories();
    for (int group = 0; group < IdBlocks.GROUPS; group++) {
      histories.clear();
      for (IdBlocks.Cursor cursor : cursors) {
        cursor.forEach(group, histories::add);
      }
      histories.addTo(counts);
    }
    return counts;
  }

  /** The assignments of the users of one group in all runs. */
  private final class Histories {
    private final IdIndex users = new IdIndex();

    /** The code of each user in each run, at index {@code user * runs + run}. */
    private int[] codes = new int[runs << 10];

    void clear() {
      users.clear();
    }

    void add(byte[] ids, int offset) {
      int found = users.add(ids, offset);
      int user = found < 0 ? -1 - found : found;
      if (found >= 0) {
        if ((user + 1) * runs > codes.length) {
          codes = Arrays.copyOf(codes, 2 * codes.length);
        }
        Arrays.fill(codes, user * runs, (user + 1) * runs, ABSENT);
      }
      int userCode = IdBlocks.number(ids, offset);
      int index = user * runs + code.run(userCode);
      codes[index] = codes[index] == ABSENT ? userCode : codes[index];
    }

    void addTo(FlipBacks counts) {
      int[] nearest = new int[runs];
      int[] second = new int[runs];
      int[] steps = new int[runs];
      for (int user = 0; user < users.size(); user++) {
        for (int run = 0; run < runs; run++) {
          int userCode = codes[user * runs + run];
          boolean isAbsent = userCode == ABSENT;
          nearest[run] = isAbsent ? FlipBacks.NONE : code.nearest(userCode);
          second[run] = isAbsent ? FlipBacks.NONE : code.second(userCode);
          steps[run] = isAbsent ? 0 : code.steps(userCode);
        }
        counts.add(nearest, second, steps);
      }
    }
  }
}
