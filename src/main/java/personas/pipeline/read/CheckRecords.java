package personas.pipeline.read;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.RefusalFile;
import personas.feature.shard.ShardReference;
import personas.run.state.InputTotals;
import personas.spec.DuplicatePolicy;
import personas.spec.InputSpec;
import personas.table.ledger.DataRefusedException;
import personas.table.ledger.SourceLedger;

/** Refuses an input that nothing sound can be made of; passes any other on. */
final class CheckRecords extends DoFn<InputTotals, InputTotals> {
  private static final long serialVersionUID = 1;

  private final RefusalFile refusal;
  private final DuplicatePolicy duplicates;
  private final double maxRejectedShare;

  CheckRecords(InputSpec input, RefusalFile refusal) {
    this.refusal = refusal;
    duplicates = input.duplicates();
    maxRejectedShare = input.maxRejectedShare();
  }

  @ProcessElement
  public void process(@Element InputTotals read, OutputReceiver<InputTotals> out)
      throws IOException {
    refusal.during(() -> check(read));
    out.output(read);
  }

  private void check(InputTotals read) throws IOException {
    checkLedger(read);
    SourceLedger ledger = read.ledgers().total();
    if (ledger.accepted() == 0) {
      throw DataRefusedException.noUsers(ledger);
    }
    if (duplicates == DuplicatePolicy.FAIL && ledger.repeatedIds() > 0) {
      throw new DataRefusedException(
          String.format(
              Locale.ROOT,
              "%,d records have the id of an earlier one, such as '%s'; the spec's"
                  + " input.duplicates is fail",
              ledger.repeatedIds(),
              read.ledgers().repeatedId()));
    }
    if (ledger.rejectedTotal() > maxRejectedShare * ledger.read()) {
      throw DataRefusedException.tooManyRejected(
          ledger, maxRejectedShare, read.ledgers().examples().list());
    }
  }

  /** Every record that was accepted stands in a staged shard, source by source. */
  private static void checkLedger(InputTotals read) {
    Map<String, Long> staged =
        read.files().shards().stream()
            .collect(
                Collectors.groupingBy(
                    ShardReference::source,
                    TreeMap::new,
                    Collectors.summingLong(ShardReference::rows)));
    read.ledgers()
        .bySource()
        .forEach(
            (source, ledger) -> {
              long users = staged.getOrDefault(source, 0L);
              if (users != ledger.accepted()) {
                throw new IllegalStateException(
                    String.format(
                        Locale.ROOT,
                        "the ledger of %s does not close: read %d, rejected %d, staged %d",
                        source,
                        ledger.read(),
                        ledger.rejectedTotal(),
                        users));
              }
            });
  }
}
