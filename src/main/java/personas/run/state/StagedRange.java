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
   * Returns the distinct labels if the table assigns labels to ids; an empty list for other tables.
   * Each id is stored with the index of its label in this list.
   */
  default List<String> labels() {
    return List.of();
  }

  /**
   * Checks that the content of the range can be used. Callers call this method only after the range
   * was read from the right position.
   *
   * @throws BadInputException if the content cannot be used; the message names the file and the
   *     reason
   */
  default void checkUsable() throws BadInputException {}
}
