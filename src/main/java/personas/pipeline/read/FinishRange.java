package personas.pipeline.read;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import personas.connector.storage.Folder;
import personas.connector.storage.SerializedFile;
import personas.run.RunPlan;
import personas.run.shard.RangeFinisher;
import personas.run.state.IdMatches;
import personas.run.state.RangeResult;
import personas.run.state.StagedPiece;
import personas.table.RangeKey;

/**
 * Completes the staged result of a range with the matches of the ids of the range: repeated ids,
 * and users of the previous run.
 */
final class FinishRange extends DoFn<KV<RangeKey, Iterable<StagedPiece>>, RangeResult> {
  private static final long serialVersionUID = 1;

  private final Counter readRecords = Metrics.counter("personas", "records_read");
  private final Counter rejectedRecords = Metrics.counter("personas", "records_rejected");
  private final RangeFinisher finisher;
  private final int previousClusters;

  FinishRange(RunPlan plan) {
    finisher = new RangeFinisher(plan);
    previousClusters = previousClusters(plan);
  }

  /**
   * Returns the number of clusters of the previous run, or 0 if users are not looked up in a
   * previous run.
   */
  static int previousClusters(RunPlan plan) {
    return plan.looksUpPreviousUsers() ? plan.models().previous().model().clusters().size() : 0;
  }

  @ProcessElement
  public void process(
      @Element KV<RangeKey, Iterable<StagedPiece>> range, OutputReceiver<RangeResult> out)
      throws IOException {
    List<StagedPiece> matchPieces = new ArrayList<>();
    RangeResult result = null;
    for (StagedPiece piece : range.getValue()) {
      if (piece.kind() == StagedPiece.Kind.RESULT) {
        result = SerializedFile.load(piece.path(), RangeResult.class);
      } else {
        matchPieces.add(piece);
      }
    }
    if (result == null) {
      throw new IllegalStateException(
          range.getKey() + ": the staged result of this range is missing");
    }
    int users = Math.toIntExact(result.outcome().ledger().accepted());
    IdMatches matches = new IdMatches(users, previousClusters);
    for (StagedPiece piece : matchPieces) {
      if (piece.kind() == StagedPiece.Kind.GONE_USERS) {
        matches.addGone((int) piece.offset(), piece.path());
        continue;
      }
      byte[] bytes = Folder.read(piece.path(), piece.offset(), piece.length());
      matches.add(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
    RangeResult finished = finisher.finish(result, matches);
    readRecords.inc(finished.outcome().ledger().read());
    rejectedRecords.inc(finished.outcome().ledger().rejectedTotal());
    out.output(finished);
  }
}
