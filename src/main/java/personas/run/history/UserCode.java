package personas.run.history;

import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import personas.model.compare.FlipBacks;

/**
 * What one run says of a user as a number of 32 bits, which stands beside the id of the user: the
 * run, the nearest cluster, the second nearest one and the margin between them.
 */
public final class UserCode implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MARGINS = FlipBacks.STEPS + 1;

  private final List<Integer> clusters;
  private final int runs;

  private UserCode(List<Integer> clusters, int runs) {
    this.clusters = clusters;
    this.runs = runs;
  }

  /** The code for the users of runs. */
  static UserCode of(List<EarlierRun> runs) {
    TreeSet<Integer> ids = new TreeSet<>();
    runs.forEach(run -> ids.addAll(run.clusters()));
    return new UserCode(List.copyOf(ids), runs.size());
  }

  /** Whether all codes fit into 31 bits. */
  public boolean fits() {
    long seconds = clusters.size() + 1L;
    return runs * (clusters.size() * seconds) * MARGINS <= Integer.MAX_VALUE;
  }

  /** The place of a cluster id among those of all runs; negative if no run has it. */
  int place(int cluster) {
    return clusters.indexOf(cluster);
  }

  /**
   * Returns the number.
   *
   * @param nearest place of the nearest cluster
   * @param second place of the second nearest one, or {@link FlipBacks#NONE}
   * @param steps the margin, see {@link FlipBacks#steps}
   */
  int encode(int run, int nearest, int second, int steps) {
    return ((run * clusters.size() + nearest) * (clusters.size() + 1) + second + 1) * MARGINS
        + steps;
  }

  int run(int code) {
    return code / MARGINS / (clusters.size() + 1) / clusters.size();
  }

  int nearest(int code) {
    return code / MARGINS / (clusters.size() + 1) % clusters.size();
  }

  int second(int code) {
    return code / MARGINS % (clusters.size() + 1) - 1;
  }

  int steps(int code) {
    return code % MARGINS;
  }
}
