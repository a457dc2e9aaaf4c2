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

/**
 * How many events were accepted and rejected, and where the rejected events are staged. Totals can
 * be merged in any order; empty totals are the identity.
 */
public final class EventTotals implements Serializable {
  private static final long serialVersionUID = 1;

  private final InputLedgers ledgers = new InputLedgers();
  private final StagedFiles files = new StagedFiles();

  /** Source → number of events after the date of {@code asOf}; only sources with such an event. */
  private final TreeMap<String, Long> later = new TreeMap<>();

  private int lastDay = EventRange.NO_DAY;

  /** Returns the totals of one range. */
  public static EventTotals of(EventRange range) {
    EventTotals totals = new EventTotals();
    String source = range.task().range().file();
    totals.ledgers.merge(
        InputLedgers.ofEvents(source, range.outcome().ledger(), range.rejected().examples()));
    if (!range.rejected().file().isEmpty()) {
      totals.files.addRejected(
          new StagedFiles.RejectedFile(range.task().key(), range.rejected().file()));
    }
    if (range.days().later() > 0) {
      totals.later.put(source, range.days().later());
    }
    totals.lastDay = range.days().last();
    return totals;
  }

  /** Adds the totals of other events. */
  public void merge(EventTotals other) {
    ledgers.merge(other.ledgers);
    files.merge(other.files);
    other.later.forEach((source, events) -> later.merge(source, events, Long::sum));
    lastDay = Math.max(lastDay, other.lastDay);
  }

  /** Returns the ledger of each source; events after {@code asOf} count as accepted here. */
  public InputLedgers ledgers() {
    return ledgers;
  }

  /** Returns where the rejected events are staged. */
  public StagedFiles files() {
    return files;
  }

  /** Returns source → number of events after the date of {@code asOf}. */
  public SortedMap<String, Long> later() {
    return Collections.unmodifiableSortedMap(later);
  }

  /**
   * Returns the day from which measures of time look back, counted from 1970-01-01; 0 if events
   * have no time.
   */
  public int asOf(EventAggregation aggregation) {
    if (aggregation.asOf() != null) {
      return TimeParser.dayOf(aggregation.asOf());
    }
    return aggregation.time() == null ? 0 : lastDay;
  }

  /** Returns the date of {@link #asOf}; null if events have no time. */
  public String date(EventAggregation aggregation) {
    return aggregation.time() == null ? null : LocalDate.ofEpochDay(asOf(aggregation)).toString();
  }

  private long totalLater() {
    return later.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Checks that the events can be aggregated into users.
   *
   * @param spec the segmentation
   * @param place returns the position of the first event of a group of rejected events, like {@code
   *     orders.csv, line 7}
   * @throws DataRefusedException if the input has no events, if too many events are rejected, or if
   *     all events are later than {@code asOf}
   */
  public void check(SegmentationSpec spec, Function<RejectedColumn, String> place)
      throws DataRefusedException {
    SourceLedger ledger = ledgers.total();
    RejectionMessage message =
        new RejectionMessage(spec.inputSchema(), place, "input.aggregate.measures");
    if (ledger.read() == 0) {
      throw new DataRefusedException("the input holds no events");
    }
    if (ledger.accepted() == 0) {
      throw new DataRefusedException(message.ofAll(ledger, ledgers.examples().byColumn()));
    }
    double allowed = spec.input().maxRejectedShare();
    if (ledger.rejectedTotal() > allowed * ledger.read()) {
      throw new DataRefusedException(
          message.ofTooMany(ledger, allowed, ledgers.examples().byColumn()));
    }
    if (ledger.accepted() == totalLater()) {
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
