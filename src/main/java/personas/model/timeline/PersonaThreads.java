package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Which clusters of all runs are one persona. A persona is a chain of clusters that follow each
 * other; it is numbered in the order of its first run and of the ids there.
 */
final class PersonaThreads {
  private final List<int[]> byRun = new ArrayList<>();
  private int count;

  PersonaThreads(List<PastRun> runs, List<RunStep> steps) {
    for (int r = 0; r < runs.size(); r++) {
      int[] threads = new int[runs.get(r).model().clusters().size()];
      for (int j = 0; j < threads.length; j++) {
        int previous = r == 0 ? -1 : steps.get(r - 1).previousOf(j);
        threads[j] = previous < 0 ? count++ : byRun.get(r - 1)[previous];
      }
      byRun.add(threads);
    }
  }

  /** The persona of a cluster of a run. */
  int of(int run, int cluster) {
    return byRun.get(run)[cluster];
  }

  /** The cluster of a persona in a run; -1 if it does not exist there. */
  int clusterOf(int run, int thread) {
    int[] threads = byRun.get(run);
    for (int j = 0; j < threads.length; j++) {
      if (threads[j] == thread) {
        return j;
      }
    }
    return -1;
  }

  /** How many personas there ever were. */
  int count() {
    return count;
  }
}
