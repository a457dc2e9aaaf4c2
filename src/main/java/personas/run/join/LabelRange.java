package personas.run.join;

import java.util.List;
import personas.feature.shard.StagedIds;
import personas.run.state.StagedRange;
import personas.table.RangeOutcome;
import personas.table.ledger.BadInputException;
import personas.table.read.FileRange;

/**
 * What reading one range of a table of labels gave.
 *
 * @param labels the labels; the number beside an id is the place of its label
 * @param refusal why the range cannot be used; empty if it can. A range that was read from a wrong
 *     place may say so and be read again
 */
public record LabelRange(
    FileRange task, RangeOutcome outcome, StagedIds ids, List<String> labels, String refusal)
    implements StagedRange {
  public LabelRange {
    labels = List.copyOf(labels);
  }

  @Override
  public void checkUsable() throws BadInputException {
    if (!refusal.isEmpty()) {
      throw new BadInputException(refusal);
    }
  }
}
