package personas.run.events;

import java.util.Objects;
import personas.feature.shard.StagedIds;
import personas.math.Require;
import personas.run.state.StagedRange;
import personas.table.RangeOutcome;
import personas.table.ledger.RejectionExamples;
import personas.table.read.FileRange;

/**
 * The result of reading one range of events.
 *
 * @param task the range
 * @param outcome where the events of the range begin and end, and how many were accepted and
 *     rejected
 * @param ids where the users of the range are staged as {@link UserTable.Blocks}
 * @param rejectedFile the staged rejected events; empty if there is none
 * @param examples a few of the rejected events
 * @param later number of events after the date of {@code asOf}, which are ignored
 * @param lastDay the day of the latest event, counted from 1970-01-01; {@link #NO_DAY} if all
 *     events are ignored
 */
public record EventRange(
    FileRange task,
    RangeOutcome outcome,
    StagedIds ids,
    String rejectedFile,
    RejectionExamples examples,
    long later,
    int lastDay)
    implements StagedRange {
  /** The value of {@code lastDay} if all events are ignored. */
  static final int NO_DAY = Integer.MIN_VALUE;

  public EventRange {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(examples, "examples");
    Require.atLeast(0, "later", later);
  }
}
