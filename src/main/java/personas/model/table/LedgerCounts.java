package personas.model.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import personas.feature.Feature;
import personas.model.Model.Ledger;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.table.ledger.ValueCounts;
import personas.table.record.RejectionMessage;

/**
 * Converts the counts of the sources to the ledger of {@code model.json} and {@code score.json}.
 */
public final class LedgerCounts {
  /**
   * The start of a key of {@code recognized} for a feature whose decimal marks may be marks of
   * digit grouping. The name of the feature follows.
   */
  public static final String GROUPED = "decimal marks before three digits in ";

  private LedgerCounts() {}

  /** Returns the counts of all sources, by the codes of reasons and the names of features. */
  public static Ledger of(
      SourceLedger ledger, List<Feature> features, List<RejectedColumn> rejectedColumns) {
    ValueCounts values = ledger.values();
    Map<String, Long> rejected = new LinkedHashMap<>();
    ledger.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
    Map<String, Long> imputed = new LinkedHashMap<>();
    Map<String, Long> recognized = new TreeMap<>(values.recognized());
    for (int f = 0; f < features.size(); f++) {
      if (values.imputed().get(f) > 0) {
        imputed.put(features.get(f).name(), values.imputed().get(f));
      }
      if (values.marks().get(f).isAmbiguous()) {
        recognized.put(GROUPED + features.get(f).name(), values.marks().get(f).grouped());
      }
    }
    return new Ledger(
        ledger.read(),
        ledger.accepted(),
        rejected,
        imputed,
        recognized.isEmpty() ? null : recognized,
        rejectedColumns.isEmpty() ? null : RejectionMessage.concentrated(rejectedColumns),
        ledger.users() == ledger.accepted() ? null : ledger.users());
  }
}
