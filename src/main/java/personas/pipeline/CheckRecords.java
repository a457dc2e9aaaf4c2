package personas.pipeline;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.beam.sdk.transforms.ProcessFunction;
import personas.data.DataRefusedException;
import personas.data.DuplicatePolicy;
import personas.data.ShardReference;
import personas.data.SourceLedger;

/** What was read as a whole: whether the run may go on with it, and users who are there twice. */
final class CheckRecords implements ProcessFunction<ReadTotals, ReadTotals> {
  private static final long serialVersionUID = 1;

  private final RefusalFile refusal;
  private final DuplicatePolicy duplicates;
  private final boolean hasIds;
  private final double maxRejectedShare;
  private final ReadUsers.ReadRange reader;
  private final ReadTotals.Merge merge;

  CheckRecords(RunPlan plan) {
    refusal = new RefusalFile(plan.staging());
    duplicates = plan.spec().input().duplicates();
    hasIds = plan.spec().input().id() != null;
    maxRejectedShare = plan.spec().input().maxRejectedShare();
    reader = new ReadUsers.ReadRange(plan);
    merge = new ReadTotals.Merge(plan.spec().features().size());
  }

  @Override
  public ReadTotals apply(ReadTotals read) throws IOException {
    return refusal.during(() -> settled(read));
  }

  private ReadTotals settled(ReadTotals read) throws IOException {
    checkLedger(read);
    if (read.ledger().accepted() == 0) {
      throw DataRefusedException.noUsers(read.ledger());
    }
    ReadTotals settled = hasIds ? settleRepeatedIds(read) : read;
    SourceLedger ledger = settled.ledger();
    if (ledger.rejectedTotal() > maxRejectedShare * ledger.read()) {
      throw DataRefusedException.tooManyRejected(
          ledger, maxRejectedShare, settled.examples().list());
    }
    return settled;
  }

  /** Every record that was accepted stands in a staged shard, source by source. */
  private static void checkLedger(ReadTotals read) {
    Map<String, Long> staged =
        read.shards().stream()
            .collect(
                Collectors.groupingBy(
                    ShardReference::source,
                    TreeMap::new,
                    Collectors.summingLong(ShardReference::rows)));
    read.ledgers()
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

  private ReadTotals settleRepeatedIds(ReadTotals read) throws IOException {
    RepeatedIds repeated = RepeatedIds.find(read.shards());
    if (repeated.total() == 0) {
      return read;
    }
    return switch (duplicates) {
      case WARN -> read.withRepeatedIds(repeated.bySource());
      case REJECT_LATER -> readAgain(read.stagedReads(), repeated);
      case FAIL ->
          throw new DataRefusedException(
              String.format(
                  Locale.ROOT,
                  "%,d records have the id of an earlier one, such as '%s'; the spec's"
                      + " input.duplicates is fail",
                  repeated.total(),
                  repeated.example()));
    };
  }

  /** Ranges without a repeated id stay as they are; the others are read without those records. */
  private ReadTotals readAgain(List<String> stagedReads, RepeatedIds repeated) throws IOException {
    ReadTotals.Merge.Accumulator accumulator = merge.createAccumulator();
    for (String file : stagedReads) {
      RangeRead range = Serialized.load(file, RangeRead.class);
      BitSet later = new BitSet();
      int before = 0;
      for (ShardReference shard : range.shards()) {
        BitSet rows = repeated.rows().getOrDefault(shard.path(), new BitSet());
        int start = before;
        rows.stream().forEach(row -> later.set(start + row));
        before += shard.rows();
      }
      merge.addInput(
          accumulator,
          later.isEmpty()
              ? range
              : reader.read(range.task(), range.outcome().firstRecordStart(), later));
    }
    return merge.extractOutput(accumulator);
  }
}
