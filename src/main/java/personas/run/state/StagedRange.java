package personas.run.state;

import java.io.Serializable;
import java.util.List;
import personas.feature.shard.StagedIds;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * The result of reading one range. The values are small, because the users themselves are staged.
 */
public interface StagedRange extends Serializable {
  /** Returns the range that was read. */
  FileRange task();

  /**
   * Returns where the records of the range start and end, and how many were accepted and rejected.
   */
  RangeOutcome outcome();

  /** Returns where the ids of the users are staged. */
  StagedIds ids();

  /**
   * Returns the labels of a table of labels, whose indices are stored with the ids; else an empty
   * list.
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * Refuses a range with content that cannot be used. It is called when the range is known to be
   * read from the right position.
   */
  default void checkUsable() throws BadInputException {}
}
