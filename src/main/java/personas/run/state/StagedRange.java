package personas.run.state;

import java.io.Serializable;
import java.util.List;
import personas.feature.shard.StagedIds;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * The result of reading one range of a file. It is small, because it names the staged users instead
 * of holding them.
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
   * Returns the distinct labels if the table assigns labels to ids; their indices are stored with
   * the ids. Otherwise returns an empty list.
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * Refuses a range with content that cannot be used. Call this method only after the range was
   * read from the right position.
   *
   * @throws BadInputException names the file and the reason
   */
  default void checkUsable() throws BadInputException {}
}
