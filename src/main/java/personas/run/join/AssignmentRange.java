package personas.run.join;

import personas.feature.shard.StagedIds;
import personas.run.state.StagedRange;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * What reading one range of the assignments of a finished run gave.
 *
 * @param refusal why the range cannot be used; empty if it can. A range that was read from a wrong
 *     place may say so and be read again
 */
public record AssignmentRange(FileRange task, RangeOutcome outcome, StagedIds ids, String refusal)
    implements StagedRange {

  @Override
  public void checkUsable() throws BadInputException {
    if (!refusal.isEmpty()) {
      throw new BadInputException(refusal);
    }
  }
}
