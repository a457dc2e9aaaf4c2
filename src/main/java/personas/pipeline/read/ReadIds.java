package personas.pipeline.read;

import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.files.MatchFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.math.Require;
import personas.model.Model;
import personas.run.ComparedTable;
import personas.run.history.EarlierRun;
import personas.run.history.HistoryPlan;
import personas.run.history.StageHistory;
import personas.run.join.IdBlock;
import personas.run.shard.RangeStaging;
import personas.run.shard.StageAssignments;
import personas.run.shard.StageLabels;

/**
 * Stages the ids of the users of one or more tables, and emits references to the staged blocks.
 * Each id has a number that stands for the cluster or the label of the user. The key of a block is
 * the number that the first bits of the hashes of its ids give.
 */
final class ReadIds extends PTransform<PBegin, PCollection<KV<Integer, IdBlock>>> {
  private static final long serialVersionUID = 1;

  /**
   * The division of files and ids into tasks. Tables that are joined need the same {@code hashSeed}
   * and {@code idParts}.
   *
   * @param rangeBytes the approximate maximum number of bytes that one task reads
   * @param hashSeed the seed of the hashes of ids
   * @param idParts the number of parts into which ids are divided
   */
  record Partitioning(long rangeBytes, long hashSeed, int idParts) {
    Partitioning {
      Require.atLeast(1, "rangeBytes", rangeBytes);
      Require.atLeast(1, "idParts", idParts);
    }
  }

  /** Every seed gives the same counts, because a hash only selects the part of an id. */
  private static final long HASH_SEED = 0;

  private final IdBlock.Table table;
  private final List<String> files;
  private final RangeStaging staging;
  private final Folder folder;
  private final RefusalFile refusal;
  private final Partitioning partitioning;

  private ReadIds(
      IdBlock.Table table,
      List<String> files,
      RangeStaging staging,
      Folder runFolder,
      Partitioning partitioning) {
    this.table = table;
    this.files = files;
    this.staging = staging;
    this.folder = folder(table, runFolder);
    this.refusal = new RefusalFile(runFolder);
    this.partitioning = partitioning;
  }

  /**
   * Reads the ids of the previous run, each with the index of the user's cluster in the previous
   * model.
   *
   * @param files a pattern of the previous run's assignments
   * @param model the model of the previous run
   * @param runFolder the staging folder of the current run
   */
  static ReadIds ofPreviousRun(
      String files, Model model, Folder runFolder, Partitioning partitioning) {
    IdBlock.Table table = IdBlock.Table.PREVIOUS_USERS;
    StageAssignments staging =
        new StageAssignments(
            folder(table, runFolder), model, partitioning.hashSeed(), partitioning.idParts());
    return new ReadIds(table, List.of(files), staging, runFolder, partitioning);
  }

  /**
   * Reads the ids of a table for a comparison, each with the user's label.
   *
   * @param runFolder the staging folder of the comparison
   */
  static ReadIds ofLabels(
      IdBlock.Table table, ComparedTable labels, Folder runFolder, Partitioning partitioning) {
    StageLabels staging =
        new StageLabels(
            folder(table, runFolder), labels, partitioning.hashSeed(), partitioning.idParts());
    return new ReadIds(table, List.of(labels.files()), staging, runFolder, partitioning);
  }

  /**
   * Reads the ids of the users of several earlier runs, each with the run and with the nearest and
   * the second nearest cluster in that run.
   */
  static ReadIds ofHistory(HistoryPlan plan) {
    IdBlock.Table table = IdBlock.Table.USERS;
    Folder runFolder = plan.folders().stagingFolder();
    Partitioning partitioning = new Partitioning(plan.rangeBytes(), HASH_SEED, plan.idParts());
    return new ReadIds(
        table,
        plan.runs().stream().map(EarlierRun::assignments).toList(),
        new StageHistory(folder(table, runFolder), plan, HASH_SEED),
        runFolder,
        partitioning);
  }

  private static Folder folder(IdBlock.Table table, Folder runFolder) {
    return runFolder.sub(table == IdBlock.Table.USERS ? "users" : "previous");
  }

  @Override
  public PCollection<KV<Integer, IdBlock>> expand(PBegin begin) {
    return begin
        .apply("Table", Create.of(files).withCoder(StringUtf8Coder.of()))
        .apply(
            "Match files",
            new MatchFiles(staging.schema(), null, partitioning.rangeBytes(), refusal))
        .apply("Stage users", new StageRanges(staging, folder, refusal))
        .apply("Key ids", new KeyIds(table, partitioning.idParts(), refusal));
  }
}
