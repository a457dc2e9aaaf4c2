package personas.pipeline.read;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.DoFn;
import personas.connector.storage.RefusalFile;
import personas.connector.storage.StoredFile;
import personas.feature.UserSchema;
import personas.run.state.InputTotals;
import personas.run.state.ShardReference;
import personas.spec.DuplicatePolicy;
import personas.spec.InputSpec;
import personas.spec.SegmentationSpec;
import personas.table.bytes.LineNumbers;
import personas.table.ledger.DataRefusedException;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;
import personas.table.record.RejectionMessage;

/** Refuses an input without enough valid records; passes any other input on. */
final class CheckRecords extends DoFn<InputTotals, InputTotals> {
  private static final long serialVersionUID = 1;

  /** The maximum sum of weights. Up to this limit exact sums fit a long. */
  private static final long MAX_WEIGHTED_USERS = 10_000_000_000L;

  private final RefusalFile refusal;
  private final UserSchema schema;
  private final DuplicatePolicy duplicates;
  private final double maxRejectedShare;

  CheckRecords(SegmentationSpec spec, RefusalFile refusal) {
    InputSpec input = spec.input();
    this.refusal = refusal;
    schema = spec.schema();
    duplicates = input.duplicates();
    maxRejectedShare = input.maxRejectedShare();
  }

  @ProcessElement
  public void process(@Element InputTotals totals, OutputReceiver<InputTotals> out)
      throws IOException {
    refusal.during(() -> check(totals));
    out.output(totals);
  }

  private void check(InputTotals totals) throws IOException {
    checkLedger(totals);
    SourceLedger ledger = totals.ledgers().total();
    if (ledger.read() == 0) {
      throw new DataRefusedException(
          "the input does not hold a record; check the pattern of --input and the files");
    }
    RejectionMessage message = new RejectionMessage(schema, CheckRecords::positionText);
    if (ledger.accepted() == 0) {
      throw new DataRefusedException(message.ofAll(ledger, totals.ledgers().examples().byColumn()));
    }
    if (duplicates == DuplicatePolicy.FAIL && ledger.repeatedIds() > 0) {
      throw new DataRefusedException(
          String.format(
              Locale.ROOT,
              "%,d records have the id of an earlier record, for example '%s'; remove the duplicates,"
                  + " or change input.duplicates: fail in the spec",
              ledger.repeatedIds(),
              totals.ledgers().repeatedId()));
    }
    if (ledger.rejectedTotal() > maxRejectedShare * ledger.read()) {
      throw new DataRefusedException(
          message.ofTooMany(ledger, maxRejectedShare, totals.ledgers().examples().byColumn()));
    }
    checkWeights(ledger);
  }

  private void checkWeights(SourceLedger ledger) throws DataRefusedException {
    if (!schema.hasWeights()) {
      return;
    }
    if (ledger.users() == 0) {
      throw new DataRefusedException(
          "all records have the weight 0 in column `"
              + schema.weightColumn()
              + "`; at least one record needs a weight above 0");
    }
    if (ledger.users() > MAX_WEIGHTED_USERS) {
      throw new DataRefusedException(
          String.format(
              Locale.ROOT,
              "the weights in column `%s` add up to %,d users; at most %,d are allowed",
              schema.weightColumn(),
              ledger.users(),
              MAX_WEIGHTED_USERS));
    }
  }

  /**
   * Returns the position of a rejected record as text for messages: the file and the row, or the
   * file and the line in which the record starts. If the line is not known, the text names the
   * position of the first byte.
   */
  static String positionText(RejectedColumn rejected) {
    String source = rejected.source();
    if (rejected.isRow()) {
      return String.format(Locale.ROOT, "%s, row %,d", source, rejected.position() + 1);
    }
    long line = LineNumbers.of(new StoredFile(source, Long.MAX_VALUE), rejected.position());
    return line < 0
        ? String.format(Locale.ROOT, "%s, byte %,d", source, rejected.position())
        : String.format(Locale.ROOT, "%s, line %,d", source, line);
  }

  /** Checks for each source that every accepted record is in a staged shard. */
  private static void checkLedger(InputTotals totals) {
    Map<String, Long> staged =
        totals.files().shards().stream()
            .collect(
                Collectors.groupingBy(
                    shard -> shard.range().source(),
                    TreeMap::new,
                    Collectors.summingLong(ShardReference::rows)));
    totals
        .ledgers()
        .bySource()
        .forEach(
            (source, ledger) -> {
              long users = staged.getOrDefault(source, 0L);
              if (users != ledger.accepted()) {
                throw new IllegalStateException(
                    String.format(
                        Locale.ROOT,
                        "the ledger of %s is not balanced: read %d, rejected %d, staged %d",
                        source,
                        ledger.read(),
                        ledger.rejectedTotal(),
                        users));
              }
            });
  }
}
