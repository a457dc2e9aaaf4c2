package personas.model.assignment;

import java.util.Arrays;
import java.util.List;
import personas.feature.UserSchema;
import personas.feature.shard.Shard;
import personas.kmeans.LloydKernel;
import personas.model.Model;
import personas.model.compare.MigrationCounts;
import personas.model.score.PreviousCode;
import personas.model.score.ScoringModel;
import personas.text.CsvBuffer;

/**
 * Writes the columns {@code previous_persona} and {@code changed} of the assignments and counts the
 * migration of users. Both columns are empty for a user that was not in the previous run.
 */
public final class PreviousPersonaColumns {
  private final ScoringModel previousModel;
  private final LloydKernel kernel;
  private final int[] previousIds;
  private final int[] ids;
  private final byte[][] personas;
  private final MigrationCounts counts;

  private final double[][] zScores;
  private final int[] previousModelCluster = new int[LloydKernel.BLOCK];
  private final double[] best = new double[LloydKernel.BLOCK];

  // The current block of users.
  private Shard shard;
  private int from;
  private int count;
  private boolean isScored;

  /**
   * Creates the columns of a run.
   *
   * @param previous the model of the previous run
   * @param previousUsers number of users of each cluster of the previous run
   * @param schema the schema of the users of this run
   * @param ids the ids of the clusters of this run, in their order
   */
  public PreviousPersonaColumns(
      Model previous, List<Long> previousUsers, UserSchema schema, List<Integer> ids) {
    this.previousModel = ScoringModel.of(previous, schema);
    this.kernel = new LloydKernel(previousModel.centroids());
    this.previousIds = previousModel.ids();
    this.ids = ids.stream().mapToInt(Integer::intValue).toArray();
    this.personas =
        previous.clusters().stream()
            .map(cluster -> AssignmentWriter.field(cluster.persona()))
            .toArray(byte[][]::new);
    long[] before = previousUsers.stream().mapToLong(Long::longValue).toArray();
    this.counts = new MigrationCounts(before, this.ids.length);
    this.zScores = new double[schema.features().size()][LloydKernel.BLOCK];
  }

  /**
   * Begins another block of users.
   *
   * @param users the users of the shard
   * @param firstRow the first row of the block in the shard
   * @param rows number of rows in the block
   */
  void startBlock(Shard users, int firstRow, int rows) {
    shard = users;
    from = firstRow;
    count = rows;
    isScored = false;
  }

  /**
   * Appends the columns of a user of the block.
   *
   * @param code the {@link PreviousCode} of the user
   * @param i the row of the user in the block
   * @param cluster the index of the new cluster
   * @param out gets the two columns
   */
  void append(short code, int i, int cluster, CsvBuffer out) {
    out.appendByte(',');
    if (code == PreviousCode.NONE) {
      counts.addNewUser(cluster);
      out.appendByte(',');
      return;
    }
    int before = PreviousCode.cluster(code);
    counts.addReturningUser(before, PreviousCode.isFirstRow(code), cluster);
    out.append(personas[before], 0, personas[before].length);
    boolean isChanged = previousIds[before] != ids[cluster];
    if (isChanged) {
      scoreBlock();
      counts.addCause(previousModelCluster[i] != before);
    }
    out.appendAscii(isChanged ? ",true" : ",false");
  }

  /** Scores the block with the previous model. Most blocks have a user whose persona changed. */
  private void scoreBlock() {
    if (isScored) {
      return;
    }
    for (int f = 0; f < zScores.length; f++) {
      previousModel.standardizer().standardize(f, shard.column(f), from, from + count, zScores[f]);
    }
    Arrays.fill(previousModelCluster, 0);
    kernel.nearest(zScores, 0, count, previousModelCluster, best);
    isScored = true;
  }

  /** Returns the counts of the migration. */
  public MigrationCounts counts() {
    return counts;
  }
}
