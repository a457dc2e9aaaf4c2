package personas.model.compare;

import personas.feature.moments.FeatureHistogram;
import personas.model.TrainedUsers;

/** Counts users one by one, as a stream scores them. Not thread-safe. */
public final class DriftCounter {
  private static final int BLOCK = 512;

  private final TrainedUsers trained;

  /** The users that came last; counting a whole block takes far less than counting each. */
  private final double[][] waiting;

  private int inBlock;
  private FeatureHistogram values;
  private long[] users;

  /**
   * A counter of no user yet.
   *
   * @param trained what the users are held against
   */
  public DriftCounter(TrainedUsers trained) {
    this.trained = trained;
    this.waiting = new double[trained.features().size()][BLOCK];
    startAnew();
  }

  private void startAnew() {
    values = new FeatureHistogram(trained.bins());
    users = new long[trained.users().size()];
  }

  /**
   * Adds a user.
   *
   * @param columns d columns of raw values, NaN where one is missing; the user is in the first row
   * @param cluster by its place in the model
   */
  public void add(double[][] columns, int cluster) {
    for (int f = 0; f < waiting.length; f++) {
      waiting[f][inBlock] = columns[f][0];
    }
    users[cluster]++;
    if (++inBlock == BLOCK) {
      countBlock();
    }
  }

  private void countBlock() {
    if (inBlock > 0) {
      values.add(waiting, inBlock);
      inBlock = 0;
    }
  }

  /** Returns the counts of the users since the last call, and begins anew. */
  public DriftCounts take() {
    countBlock();
    DriftCounts taken = new DriftCounts(trained, values, users);
    startAnew();
    return taken;
  }
}
