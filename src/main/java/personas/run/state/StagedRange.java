package personas.run.state;

import java.io.Serializable;
import java.util.List;
import personas.feature.shard.StagedIds;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/** What reading one range gave: small values; everything that grows with the users is staged. */
public interface StagedRange extends Serializable {
  /** The range that was read. */
  FileRange task();

  /** Where its records start and end, and what became of them. */
  RangeOutcome outcome();

  /** Where the ids of its users are staged. */
  StagedIds ids();

  /** The labels whose places stand beside the ids; empty if the numbers do not stand for labels. */
  default List<String> labels() {
    return List.of();
  }

  /**
   * Refuses a range that holds something else than it should; asked once it is known that the range
   * was read from the right place.
   */
  default void checkUsable() throws BadInputException {}
}
