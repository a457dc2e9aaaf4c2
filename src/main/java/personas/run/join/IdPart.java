package personas.run.join;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The ids of two tables whose hashes begin with the same bits, in the order of the input.
 *
 * @param users blocks of {@link IdBlock.Table#USERS}
 * @param previousUsers blocks of {@link IdBlock.Table#PREVIOUS_USERS}
 */
public record IdPart(List<IdBlock> users, List<IdBlock> previousUsers) {

  /** Returns the sorted blocks of both tables. The blocks are iterated once. */
  public static IdPart of(Iterable<IdBlock> blocks) {
    List<IdBlock> users = new ArrayList<>();
    List<IdBlock> previousUsers = new ArrayList<>();
    for (IdBlock block : blocks) {
      (block.table() == IdBlock.Table.USERS ? users : previousUsers).add(block);
    }
    Collections.sort(users);
    Collections.sort(previousUsers);
    return new IdPart(users, previousUsers);
  }
}
