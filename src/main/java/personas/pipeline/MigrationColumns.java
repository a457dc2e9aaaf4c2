package personas.pipeline;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import personas.data.CsvBuffer;
import personas.data.Shard;
import personas.data.UserSchema;
import personas.kmeans.LloydKernel;
import personas.model.Model;
import personas.model.SavedModel;
import personas.persona.MigrationCounts;

/**
 * The columns {@code previous_persona} and {@code changed} of the assignments, and what they add up
 * to. Both are empty for a user who was not in the earlier run.
 */
final class MigrationColumns {
  static final String COLUMNS = ",previous_persona,changed";

  private final AssignedUsers earlier;
  private final SavedModel yesterday;
  private final LloydKernel kernel;
  private final int[] yesterdayIds;
  private final int[] ids;
  private final byte[][] personas;
  private final MigrationCounts counts;
  private final CsvBuffer id = new CsvBuffer();

  private final double[][] zScores;
  private final int[] byYesterday = new int[LloydKernel.BLOCK];
  private final double[] best = new double[LloydKernel.BLOCK];
  private boolean scored;

  /**
   * Reads the earlier assignments where this worker has not yet.
   *
   * @param ids of the new clusters, by place
   */
  MigrationColumns(RunPlan plan, UserSchema schema, List<Integer> ids) throws IOException {
    Model before = plan.previous().model();
    this.earlier = AssignedUsers.of(plan);
    this.yesterday = SavedModel.of(before, schema);
    this.kernel = new LloydKernel(yesterday.centroids());
    this.yesterdayIds = yesterday.ids();
    this.ids = ids.stream().mapToInt(Integer::intValue).toArray();
    this.personas =
        before.clusters().stream()
            .map(cluster -> AssignmentWriter.field(cluster.persona()))
            .toArray(byte[][]::new);
    this.counts = new MigrationCounts(earlier.users(), this.ids.length);
    this.zScores = new double[schema.features().size()][LloydKernel.BLOCK];
  }

  /** The next rows are of another block. */
  void startBlock() {
    scored = false;
  }

  /**
   * Appends the columns of a user.
   *
   * @param from the first row of the block
   * @param count its rows
   * @param i the row, counted from there
   * @param cluster its new cluster, by place
   */
  void append(Shard shard, int from, int count, int i, int cluster, CsvBuffer out) {
    id.clear();
    shard.appendAssignedId(from + i, id);
    int entry = earlier.find(id.toByteArray());
    out.appendByte(',');
    if (entry < 0) {
      counts.joined(cluster);
      out.appendByte(',');
      return;
    }
    int before = earlier.place(entry);
    counts.stayed(before, earlier.number(entry), cluster);
    out.append(personas[before], 0, personas[before].length);
    boolean changed = yesterdayIds[before] != ids[cluster];
    if (changed) {
      score(shard, from, count);
      counts.because(byYesterday[i] != before);
    }
    out.appendAscii(changed ? ",true" : ",false");
  }

  /** Scores the block with the earlier model; most blocks of a quiet week need it all the same. */
  private void score(Shard shard, int from, int count) {
    if (scored) {
      return;
    }
    for (int f = 0; f < zScores.length; f++) {
      yesterday.standardizer().standardize(f, shard.column(f), from, from + count, zScores[f]);
    }
    Arrays.fill(byYesterday, 0);
    kernel.nearest(zScores, 0, count, byYesterday, best);
    scored = true;
  }

  MigrationCounts counts() {
    return counts;
  }
}
