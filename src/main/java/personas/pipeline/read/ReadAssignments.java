package personas.pipeline.read;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.files.MatchFiles;
import personas.connector.storage.Folder;
import personas.connector.storage.RefusalFile;
import personas.model.Model;
import personas.run.shard.StageAssignments;
import personas.run.state.IdBlock;

/**
 * The assignments of a finished run → where the ids of its users are staged, each with the place of
 * its cluster in the model of the run, keyed by the first bits of the hashes of the ids.
 */
final class ReadAssignments extends PTransform<PBegin, PCollection<KV<Integer, IdBlock>>> {
  private static final long serialVersionUID = 1;

  /**
   * How the ids of two tables that are joined are cut.
   *
   * @param rangeBytes about the most bytes of a file that one task reads
   * @param hashSeed seed of the hashes of the ids
   * @param idParts parts that the ids are cut into
   */
  record Cuts(long rangeBytes, long hashSeed, int idParts) {}

  private final IdBlock.Table table;
  private final String files;
  private final StageAssignments staging;
  private final Folder folder;
  private final RefusalFile refusal;
  private final Cuts cuts;

  /**
   * Reads assignments.
   *
   * @param table whose users they are
   * @param files a pattern
   * @param model the model that made them
   * @param runFolder the staging folder of the run that reads them
   */
  ReadAssignments(IdBlock.Table table, String files, Model model, Folder runFolder, Cuts cuts) {
    this.table = table;
    this.files = files;
    this.folder = runFolder.sub(table == IdBlock.Table.USERS ? "users" : "previous");
    this.staging = new StageAssignments(folder, model, cuts.hashSeed(), cuts.idParts());
    this.refusal = new RefusalFile(runFolder);
    this.cuts = cuts;
  }

  @Override
  public PCollection<KV<Integer, IdBlock>> expand(PBegin begin) {
    return begin
        .apply("Assignments", Create.of(files).withCoder(StringUtf8Coder.of()))
        .apply(
            "Match files",
            new MatchFiles(StageAssignments.SCHEMA, null, cuts.rangeBytes(), refusal))
        .apply("Stage users", new StageRanges(staging, folder, refusal))
        .apply("Key ids", new KeyIds(table, cuts.idParts(), refusal));
  }
}
