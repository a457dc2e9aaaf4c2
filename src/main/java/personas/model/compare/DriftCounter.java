package personas.model.compare;

import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;

/** Counts users one by one, as a stream scores them. An instance is not thread-safe. */
public final class DriftCounter {
  private static final int BLOCK = 512;

  private final TrainedUsers trained;

  /**
   * The raw values of the users that are not counted yet. Counting a whole block takes much less
   * time than counting each user.
   */
  private final double[][] block;

  private int blockUsers;
  private FeatureHistogram values;
  private long[] users;

  /**
   * Creates a counter of 0 users.
   *
   * @param trained the users of the training
   */
  public DriftCounter(TrainedUsers trained) {
    this.trained = trained;
    this.block = new double[trained.features().size()][BLOCK];
    reset();
  }

  private void reset() {
    values = new FeatureHistogram(trained.bins());
    users = new long[trained.users().size()];
  }

  /**
   * Adds a user.
   *
   * @param columns d columns of raw values with the user in the first row; NaN means missing
   * @param cluster the index of the cluster in the model
   */
  public void add(double[][] columns, int cluster) {
    for (int f = 0; f < block.length; f++) {
      block[f][blockUsers] = columns[f][0];
    }
    users[cluster]++;
    if (++blockUsers == BLOCK) {
      countBlock();
    }
  }

  private void countBlock() {
    if (blockUsers > 0) {
      values.add(block, blockUsers);
      blockUsers = 0;
    }
  }

  /**
   * Returns the counts of the users that were added since the last call, and starts again from 0.
   */
  public DriftCounts take() {
    countBlock();
    DriftCounts counts = new DriftCounts(trained, values, users);
    reset();
    return counts;
  }
}
