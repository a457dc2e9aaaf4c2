package personas.run.join;

import personas.feature.shard.StagedIds;
import personas.run.state.StagedRange;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * The result of reading one range of the assignments of a finished run.
 *
 * @param task the range
 * @param outcome where the rows of the range begin and end, and how many were accepted and rejected
 * @param ids where the ids of the users are staged
 * @param refusal why the range cannot be used; empty if it can be used. A range that was read from
 *     a wrong position may be refused and then read again
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
