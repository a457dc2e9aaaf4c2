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
 * Two runs that follow each other: which clusters of the earlier one those of the later one are,
 * how many users went from which to which, and whether more went than resampling moves.
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
    Map<Integer, Integer> places = places(before.model());
    Map<Integer, Integer> placesNow = places(now.model());
    for (PersonaDrift persona : drift.personas()) {
      if (persona.change() != Change.RETIRED && persona.previousId() != null) {
        int i = places.get(persona.previousId());
        int j = placesNow.get(persona.id());
        nowOf[i] = j;
        previousOf[j] = i;
      }
    }
  }

  private static Map<Integer, Integer> places(Model model) {
    Map<Integer, Integer> places = new HashMap<>();
    for (int i = 0; i < model.clusters().size(); i++) {
      places.put(model.clusters().get(i).id(), i);
    }
    return places;
  }

  PastRun now() {
    return now;
  }

  /** What changed, from the two models and, if it is known, the users. */
  Drift drift() {
    return drift;
  }

  /** The cluster now of an earlier one; -1 if it ended. */
  int nowOf(int i) {
    return nowOf[i];
  }

  /** The earlier cluster of one now; -1 if it is new. */
  int previousOf(int j) {
    return previousOf[j];
  }

  int clustersBefore() {
    return nowOf.length;
  }

  int clustersNow() {
    return previousOf.length;
  }

  /** Whether the two runs say which users went where. */
  boolean knowsFlows() {
    return migration != null;
  }

  long usersBefore(int i) {
    return before.model().clusters().get(i).users();
  }

  long usersNow(int j) {
    return now.model().clusters().get(j).users();
  }

  /** Users of an earlier cluster who are in a cluster now; 0 if flows are not known. */
  long flow(int i, int j) {
    return migration == null ? 0 : migration.rows().get(i).users().get(j);
  }

  /** Users of an earlier cluster who are not in the run now; 0 if flows are not known. */
  long leavers(int i) {
    return migration == null ? 0 : migration.rows().get(i).leavers();
  }

  /** The share of an earlier cluster's users who are in a cluster now, 0..1. */
  double share(int i, int j) {
    return usersBefore(i) == 0 ? 0 : Math.min(1, (double) flow(i, j) / usersBefore(i));
  }

  /** The cluster now that most users of an earlier one are in, except {@code but}; -1 if none. */
  int mainTarget(int i, int but) {
    int best = NONE;
    for (int j = 0; j < clustersNow(); j++) {
      if (j != but && flow(i, j) > (best == NONE ? 0 : flow(i, best))) {
        best = j;
      }
    }
    return best;
  }

  /** The earlier cluster that most users of one now were in; -1 if none. */
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
   * The largest share of a cluster's users that resampling moves to another one. The model before
   * says it if the target existed then, the model now if the source exists still; of both the
   * larger. If neither is the case, the largest share to any cluster.
   *
   * @return null if no model says it
   */
  Double resampled(int i, int j) {
    Double earlier = largest(before.model(), i, previousOf[j]);
    Double later = nowOf[i] == NONE ? null : largest(now.model(), nowOf[i], j);
    return earlier == null || (later != null && later > earlier) ? later : earlier;
  }

  /** To any cluster if {@code to} is -1. */
  private static Double largest(Model model, int from, int to) {
    ResampledFlow flow = model.resampledFlow();
    if (flow == null) {
      return null;
    }
    List<Double> row = flow.largest().get(from);
    double share =
        to == NONE ? row.stream().mapToDouble(Double::doubleValue).max().orElse(0) : row.get(to);
    // A share that is 0 in the sample is not known to be 0: one user more.
    return Math.min(1, share + 1.0 / (flow.users().get(from) + 1));
  }

  /**
   * The probability that at least as many users go if each one goes with the share that resampling
   * moves at most; null if no model says that share.
   */
  Double chance(int i, int j) {
    Double share = resampled(i, j);
    return share == null
        ? null
        : (Double) BinomialTail.atLeast(flow(i, j), Math.max(flow(i, j), usersBefore(i)), share);
  }

  /** The largest change of a cluster's size by resampling, as a share; 0 if no model says it. */
  double sizeNoise(int j) {
    ResampledFlow flow = now.model().resampledFlow();
    return flow == null ? 0 : flow.sizeChange().get(j);
  }

  /** What a person calls an earlier cluster. */
  String nameBefore(int i) {
    return name(before.model(), i);
  }

  /** What a person calls a cluster of the run now. */
  String nameNow(int j) {
    return name(now.model(), j);
  }

  private static String name(Model model, int j) {
    return model.clusters().get(j).persona() + " (" + model.clusters().get(j).id() + ")";
  }
}
