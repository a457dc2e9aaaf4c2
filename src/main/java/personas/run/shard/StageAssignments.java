package personas.run.shard;

import java.io.IOException;
import java.util.List;
import personas.connector.storage.Folder;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.model.Model;
import personas.run.join.AssignmentRange;
import personas.run.state.PreviousClusters;
import personas.table.InputFormat;
import personas.table.RangeOutcome;
import personas.table.read.FileRange;
import personas.table.read.RangeReader;

/** Reads ranges of assignments: the id of each user with the index of the cluster in the model. */
public final class StageAssignments implements RangeStaging {
  private static final long serialVersionUID = 1;

  /** The columns of the assignments that this class reads. */
  static final UserSchema SCHEMA =
      new UserSchema("user_id", List.of(Feature.of("cluster")), List.of());

  private static final int MAX_SHARD_ROWS = 1 << 16;

  private final Folder folder;
  private final PreviousClusters clusters;
  private final long seed;
  private final int idParts;

  /**
   * Creates a reader.
   *
   * @param folder the folder of the staged files
   * @param model the model of the assignments
   * @param seed the seed of the hashes of ids
   * @param idParts the number of parts into which the ids are split
   */
  public StageAssignments(Folder folder, Model model, long seed, int idParts) {
    this.folder = folder;
    this.clusters = new PreviousClusters(model);
    this.seed = seed;
    this.idParts = idParts;
  }

  @Override
  public UserSchema schema() {
    return SCHEMA;
  }

  @Override
  public AssignmentRange stage(FileRange task, long firstRecordStart) throws IOException {
    RangeReader reader = RangeReader.ofAssignments(SCHEMA, task.header(), MAX_SHARD_ROWS);
    RangeRefusal refusal = new RangeRefusal(task.range().file());
    try (IdFileWriter ids = new IdFileWriter(folder, idParts)) {
      RangeOutcome outcome =
          reader.read(
              RangeStaging.file(task),
              task.range(),
              firstRecordStart,
              shard -> add(shard, task, ids, refusal),
              rejection -> refusal.set("is not a file of assignments: " + rejection.text()));
      return new AssignmentRange(task, outcome, ids.staged(), refusal.message());
    }
  }

  private void add(Shard read, FileRange task, IdFileWriter ids, RangeRefusal refusal)
      throws IOException {
    boolean isCsv = task.header().format() == InputFormat.CSV;
    Shard shard = isCsv ? read.withoutFormulaGuards() : read;
    int[] indexes = new int[shard.rows()];
    long[] hashes = new long[shard.rows()];
    for (int row = 0; row < indexes.length; row++) {
      double cluster = shard.column(0)[row];
      indexes[row] = clusters.index(cluster);
      if (indexes[row] < 0) {
        refusal.set("cluster " + cluster + " is not one of the clusters of the model: " + clusters);
      }
      hashes[row] = shard.idHash(row, seed);
    }
    ids.add(shard, hashes, row -> indexes[row]);
  }
}
