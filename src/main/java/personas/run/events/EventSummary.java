package personas.run.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import personas.spec.event.EventAggregation;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;

/**
 * The content of {@code events.json}: how many events a run read, aggregated, rejected, and skipped
 * because they are later than {@code asOf}.
 *
 * @param asOf the date from which measures of time look back; null if the events do not have a time
 * @param read number of events in the input
 * @param aggregated number of events that count for a user
 * @param rejected number of events that cannot be read as declared
 * @param laterThanAsOf number of events after the date of {@code asOf}, which do not count
 * @param users number of users with at least one event that counts
 * @param sources the events of each source, by its name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EventSummary(
    String asOf,
    long read,
    long aggregated,
    long rejected,
    long laterThanAsOf,
    long users,
    List<Source> sources) {
  /** The name of the file in the folder of the results. */
  public static final String FILE = "events.json";

  /**
   * The events of one source.
   *
   * @param reasons code of a reason → number of rejected events
   * @param recognized how often the reader recognized a format without a declaration, as in {@link
   *     ValueCounts}
   */
  public record Source(
      String source,
      long read,
      long aggregated,
      long rejected,
      long laterThanAsOf,
      SortedMap<String, Long> reasons,
      SortedMap<String, Long> recognized) {}

  /** Returns the summary of a run. */
  public static EventSummary of(
      EventAggregation aggregation, EventTotals totals, AggregatedUsers users) {
    List<Source> sources = new ArrayList<>();
    for (Map.Entry<String, SourceLedger> source : totals.ledgers().bySource().entrySet()) {
      SourceLedger ledger = source.getValue();
      long later = totals.later().getOrDefault(source.getKey(), 0L);
      SortedMap<String, Long> reasons = new TreeMap<>();
      ledger.rejected().forEach((reason, events) -> reasons.put(reason.code(), events));
      sources.add(
          new Source(
              source.getKey(),
              ledger.read(),
              ledger.accepted() - later,
              ledger.rejectedTotal(),
              later,
              reasons,
              ledger.values().recognized()));
    }
    return new EventSummary(
        totals.date(aggregation),
        sources.stream().mapToLong(Source::read).sum(),
        sources.stream().mapToLong(Source::aggregated).sum(),
        sources.stream().mapToLong(Source::rejected).sum(),
        sources.stream().mapToLong(Source::laterThanAsOf).sum(),
        users.users(),
        sources);
  }

  /** Returns the summary as one line for a terminal. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%,d events made %,d users%s: read %,d = aggregated %,d + rejected %,d%s",
        aggregated,
        users,
        asOf == null ? "" : " as of " + asOf,
        read,
        aggregated,
        rejected,
        laterThanAsOf == 0 ? "" : String.format(Locale.ROOT, " + later %,d", laterThanAsOf));
  }
}
