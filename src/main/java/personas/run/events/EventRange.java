package personas.run.events;

import java.io.Serializable;
import java.util.Objects;
import personas.feature.shard.StagedIds;
import personas.math.Require;
import personas.run.state.RangeResult;
import personas.run.state.StagedRange;
import personas.table.RangeOutcome;
import personas.table.read.FileRange;

/**
 * The result of reading one range of events.
 *
 * @param task the range
 * @param outcome where the events of the range begin and end, and how many were accepted and
 *     rejected
 * @param ids where the users of the range are staged as {@link UserTable.Blocks}
 * @param rejected the rejected events
 * @param days the days of the events
 */
public record EventRange(
    FileRange task, RangeOutcome outcome, StagedIds ids, RangeResult.Rejected rejected, Days days)
    implements StagedRange {
  /** The value of {@code last} if all events are ignored or have no time. */
  static final int NO_DAY = Integer.MIN_VALUE;

  /**
   * The days of the events of a range.
   *
   * @param later number of events after the date of {@code asOf}, which are ignored
   * @param last the day of the latest event that is not ignored, counted from 1970-01-01; {@link
   *     #NO_DAY} if all events are ignored or have no time
   */
  public record Days(long later, int last) implements Serializable {
    public Days {
      Require.atLeast(0, "later", later);
    }
  }

  public EventRange {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(ids, "ids");
    Objects.requireNonNull(rejected, "rejected");
    Objects.requireNonNull(days, "days");
  }
}
