package personas.model.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.feature.Feature;
import personas.model.Model.Ledger;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.table.record.RejectionMessage;

/** What the sources counted → the ledger that files show. */
public final class LedgerCounts {
  private LedgerCounts() {}

  /** The counts of all sources, by the codes of the reasons and the names of the features. */
  public static Ledger of(
      SourceLedger ledger, List<Feature> features, List<RejectedColumn> rejectedColumns) {
    Map<String, Long> rejected = new LinkedHashMap<>();
    ledger.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
    Map<String, Long> imputed = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      if (ledger.imputed().get(f) > 0) {
        imputed.put(features.get(f).name(), ledger.imputed().get(f));
      }
    }
    return new Ledger(
        ledger.read(),
        ledger.accepted(),
        rejected,
        imputed,
        ledger.recognized().isEmpty() ? null : ledger.recognized(),
        rejectedColumns.isEmpty() ? null : RejectionMessage.concentrated(rejectedColumns),
        ledger.users() == ledger.accepted() ? null : ledger.users());
  }
}
