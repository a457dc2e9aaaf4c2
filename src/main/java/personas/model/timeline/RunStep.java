package personas.model.timeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import personas.kmeans.selection.ResampledFlow;
import personas.math.BinomialTail;
import personas.model.Model;
import personas.model.compare.ClusterMatching.Change;
import personas.model.compare.Drift;
import personas.model.compare.Drift.PersonaDrift;
import personas.model.compare.Migration;

/**
 * The step from an earlier run to the next run: which clusters continue, how many users moved
 * between clusters, and how many users resampling alone would move. Indices of clusters count from
 * 0 in each model.
 */
final class RunStep {
  private static final int NONE = -1;

  private final PastRun before;
  private final PastRun now;
  private final Drift drift;
  private final Migration migration;
  private final int[] nowOf;
  private final int[] previousOf;

  RunStep(PastRun before, PastRun now) {
    this.before = before;
    this.now = now;
    this.migration = now.migrationFrom(before);
    this.drift = Drift.between(before.model(), now.model(), migration);
    this.nowOf = new int[before.model().clusters().size()];
    this.previousOf = new int[now.model().clusters().size()];
    Arrays.fill(nowOf, NONE);
    Arrays.fill(previousOf, NONE);
    Map<Integer, Integer> indexBefore = indexById(before.model());
    Map<Integer, Integer> indexNow = indexById(now.model());
    for (PersonaDrift persona : drift.personas()) {
      if (persona.change() != Change.RETIRED && persona.previousId() != null) {
        int i = indexBefore.get(persona.previousId());
        int j = indexNow.get(persona.id());
        nowOf[i] = j;
        previousOf[j] = i;
      }
    }
  }

  private static Map<Integer, Integer> indexById(Model model) {
    Map<Integer, Integer> indexById = new HashMap<>();
    for (int i = 0; i < model.clusters().size(); i++) {
      indexById.put(model.clusters().get(i).id(), i);
    }
    return indexById;
  }

  PastRun now() {
    return now;
  }

  /** Returns what changed between the two models and, if it is known, which users changed. */
  Drift drift() {
    return drift;
  }

  /**
   * Returns the index of the later cluster that continues an earlier cluster; -1 if the earlier
   * cluster ended.
   */
  int nowOf(int i) {
    return nowOf[i];
  }

  /**
   * Returns the index of the earlier cluster that a later cluster continues; -1 if the later
   * cluster is new.
   */
  int previousOf(int j) {
    return previousOf[j];
  }

  int clustersBefore() {
    return nowOf.length;
  }

  int clustersNow() {
    return previousOf.length;
  }

  /** Returns whether the flows of users between the runs are known. */
  boolean knowsFlows() {
    return migration != null;
  }

  long usersBefore(int i) {
    return before.model().clusters().get(i).users();
  }

  long usersNow(int j) {
    return now.model().clusters().get(j).users();
  }

  /**
   * Returns the number of users that moved from an earlier cluster to a later cluster; 0 if flows
   * are not known.
   */
  long flow(int i, int j) {
    return migration == null ? 0 : migration.rows().get(i).users().get(j);
  }

  /**
   * Returns the number of users of an earlier cluster that are absent from the later run; 0 if
   * flows are not known.
   */
  long leavers(int i) {
    return migration == null ? 0 : migration.rows().get(i).leavers();
  }

  /** Returns the share of an earlier cluster's users that moved to a later cluster, 0..1. */
  double share(int i, int j) {
    return usersBefore(i) == 0 ? 0 : Math.min(1, (double) flow(i, j) / usersBefore(i));
  }

  /**
   * Returns the later cluster, other than {@code excluded}, to which most users of an earlier
   * cluster moved; -1 if no user moved to such a cluster.
   */
  int mainTarget(int i, int excluded) {
    int best = NONE;
    for (int j = 0; j < clustersNow(); j++) {
      if (j != excluded && flow(i, j) > (best == NONE ? 0 : flow(i, best))) {
        best = j;
      }
    }
    return best;
  }

  /**
   * Returns the earlier cluster from which most users of a later cluster came; -1 if no user came
   * from an earlier cluster.
   */
  int mainSource(int j) {
    int best = NONE;
    for (int i = 0; i < clustersBefore(); i++) {
      if (flow(i, j) > (best == NONE ? 0 : flow(best, j))) {
        best = i;
      }
    }
    return best;
  }

  /**
   * Returns the largest share of an earlier cluster's users that resampling moves to a later
   * cluster, 0..1. The earlier model states the share if the later cluster continues one of its
   * clusters, and the later model states the share if the earlier cluster continues; the larger
   * share counts. If the later cluster is new, the earlier model's largest share to any cluster is
   * used.
   *
   * @return null if the models hold no resampled flow
   */
  Double resampled(int i, int j) {
    Double earlier = largest(before.model(), i, previousOf[j]);
    Double later = nowOf[i] == NONE ? null : largest(now.model(), nowOf[i], j);
    return earlier == null || (later != null && later > earlier) ? later : earlier;
  }

  /**
   * Returns the largest resampled share that moves to a cluster, or to any cluster if {@code to} is
   * -1. Returns null if the model does not hold a resampled flow.
   */
  private static Double largest(Model model, int from, int to) {
    ResampledFlow flow = model.resampledFlow();
    if (flow == null) {
      return null;
    }
    List<Double> row = flow.largest().get(from);
    double share =
        to == NONE ? row.stream().mapToDouble(Double::doubleValue).max().orElse(0) : row.get(to);
    // A share of 0 in the sample may be above 0 in the population, so one user is added.
    return Math.min(1, share + 1.0 / (flow.users().get(from) + 1));
  }

  /**
   * Returns the probability that resampling alone moves at least as many users. Each user moves
   * with the probability {@link #resampled}. Returns null if this probability is not known.
   */
  Double chance(int i, int j) {
    Double share = resampled(i, j);
    return share == null
        ? null
        : (Double) BinomialTail.atLeast(flow(i, j), Math.max(flow(i, j), usersBefore(i)), share);
  }

  /**
   * Returns the largest change of a later cluster's size by resampling, as a share; 0 if it is not
   * known.
   */
  double sizeNoise(int j) {
    ResampledFlow flow = now.model().resampledFlow();
    return flow == null ? 0 : flow.sizeChange().get(j);
  }

  /** Returns the name and the id of an earlier cluster, for people. */
  String nameBefore(int i) {
    return name(before.model(), i);
  }

  /** Returns the name and the id of a later cluster, for people. */
  String nameNow(int j) {
    return name(now.model(), j);
  }

  private static String name(Model model, int j) {
    return model.clusters().get(j).persona() + " (" + model.clusters().get(j).id() + ")";
  }
}
