package personas.run.events;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import personas.run.state.InputLedgers;
import personas.run.state.StagedFiles;
import personas.spec.SegmentationSpec;
import personas.spec.event.EventAggregation;
import personas.table.ledger.DataRefusedException;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.table.record.RejectionMessage;
import personas.text.TimeParser;

/** What became of all events. Mergeable in any order; the empty one is the identity. */
public final class EventTotals implements Serializable {
  private static final long serialVersionUID = 1;

  private final InputLedgers ledgers = new InputLedgers();
  private final StagedFiles files = new StagedFiles();

  /** By source the events after the date of {@code asOf}; sources without one are left out. */
  private final TreeMap<String, Long> later = new TreeMap<>();

  private int lastDay = EventRange.NO_DAY;

  /** The totals of one range. */
  public static EventTotals of(EventRange range) {
    EventTotals totals = new EventTotals();
    String source = range.task().range().file();
    totals.ledgers.merge(InputLedgers.ofEvents(source, range.outcome().ledger(), range.examples()));
    if (!range.rejectedFile().isEmpty()) {
      totals.files.addRejected(
          new StagedFiles.RejectedFile(source, range.task().range().start(), range.rejectedFile()));
    }
    if (range.later() > 0) {
      totals.later.put(source, range.later());
    }
    totals.lastDay = range.lastDay();
    return totals;
  }

  /** Adds other events. */
  public void merge(EventTotals other) {
    ledgers.merge(other.ledgers);
    files.merge(other.files);
    other.later.forEach((source, events) -> later.merge(source, events, Long::sum));
    lastDay = Math.max(lastDay, other.lastDay);
  }

  /** What became of the events of each source; accepted events include those after {@code asOf}. */
  public InputLedgers ledgers() {
    return ledgers;
  }

  /** Where the rejected events are staged. */
  public StagedFiles files() {
    return files;
  }

  /** By source the events after the date of {@code asOf}. */
  public SortedMap<String, Long> later() {
    return Collections.unmodifiableSortedMap(later);
  }

  /** The day that measures of time look back from, counted from 1970-01-01; 0 without a time. */
  public int asOf(EventAggregation aggregation) {
    if (aggregation.asOf() != null) {
      return TimeParser.dayOf(aggregation.asOf());
    }
    return aggregation.time() == null ? 0 : lastDay;
  }

  /** The date of {@link #asOf}; null if events have no time. */
  public String date(EventAggregation aggregation) {
    return aggregation.time() == null ? null : LocalDate.ofEpochDay(asOf(aggregation)).toString();
  }

  private long allLater() {
    return later.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Refuses events that nothing sound can be made of.
   *
   * @param place says where the example of a group of rejected events stands
   */
  public void check(SegmentationSpec spec, Function<RejectedColumn, String> place)
      throws DataRefusedException {
    SourceLedger ledger = ledgers.total();
    RejectionMessage message =
        new RejectionMessage(spec.inputSchema(), place, "input.aggregate.measures");
    if (ledger.read() == 0) {
      throw new DataRefusedException("the input holds no event");
    }
    if (ledger.accepted() == 0) {
      throw new DataRefusedException(message.ofAll(ledger, ledgers.examples().byColumn()));
    }
    double allowed = spec.input().maxRejectedShare();
    if (ledger.rejectedTotal() > allowed * ledger.read()) {
      throw new DataRefusedException(
          message.ofTooMany(ledger, allowed, ledgers.examples().byColumn()));
    }
    if (ledger.accepted() == allLater()) {
      throw new DataRefusedException(
          String.format(
              Locale.ROOT,
              "all %,d events are later than the %s of input.aggregate.asOf; name a later date, or"
                  + " remove the key to take the date of the latest event",
              ledger.accepted(),
              spec.input().aggregate().asOf()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventTotals that
        && ledgers.equals(that.ledgers)
        && files.equals(that.files)
        && later.equals(that.later)
        && lastDay == that.lastDay;
  }

  @Override
  public int hashCode() {
    return ledgers.hashCode();
  }
}
