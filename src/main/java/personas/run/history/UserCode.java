package personas.run.history;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import personas.model.compare.FlipBacks;

/**
 * Encodes the assignment of a user in one run as a number of 31 bits: the run, the nearest cluster,
 * the second nearest cluster and the margin between them. Files store the number with the id of the
 * user.
 */
public final class UserCode implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MARGINS = FlipBacks.STEPS + 1;

  /** The ids of the clusters of all runs, sorted. */
  private final List<Integer> clusters;

  private final int runs;

  private UserCode(List<Integer> clusters, int runs) {
    this.clusters = clusters;
    this.runs = runs;
  }

  /** Returns the encoding for the users of the given runs. */
  static UserCode of(List<EarlierRun> runs) {
    TreeSet<Integer> ids = new TreeSet<>();
    runs.forEach(run -> ids.addAll(run.clusters()));
    return new UserCode(List.copyOf(ids), runs.size());
  }

  /** Returns whether all codes fit into 31 bits. */
  public boolean fits() {
    long seconds = clusters.size() + 1L;
    return runs * (clusters.size() * seconds) * MARGINS <= Integer.MAX_VALUE;
  }

  /** Returns the index of a cluster id among the ids of all runs; negative if no run has the id. */
  int index(int cluster) {
    return clusters.indexOf(cluster);
  }

  /**
   * Returns the code of a user.
   *
   * @param run the index of the run
   * @param nearest the index of the nearest cluster, see {@link #index}
   * @param second the index of the second nearest cluster, or {@link FlipBacks#NONE}
   * @param steps the margin, see {@link FlipBacks#steps}
   */
  int encode(int run, int nearest, int second, int steps) {
    return ((run * clusters.size() + nearest) * (clusters.size() + 1) + second + 1) * MARGINS
        + steps;
  }

  /** Returns the index of the run. */
  int run(int code) {
    return code / MARGINS / (clusters.size() + 1) / clusters.size();
  }

  /** Returns the index of the nearest cluster. */
  int nearest(int code) {
    return code / MARGINS / (clusters.size() + 1) % clusters.size();
  }

  /** Returns the index of the second nearest cluster, or {@link FlipBacks#NONE}. */
  int second(int code) {
    return code / MARGINS % (clusters.size() + 1) - 1;
  }

  /** Returns the margin, see {@link FlipBacks#steps}. */
  int steps(int code) {
    return code % MARGINS;
  }
}
