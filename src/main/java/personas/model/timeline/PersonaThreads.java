package personas.model.timeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Follows each persona through all runs. The thread of a persona is its chain of clusters, one per
 * run. Threads are numbered from 0, by their first run and by the order of the clusters in that
 * run.
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

  /** Returns the number of the thread that a cluster belongs to. */
  int of(int run, int cluster) {
    return byRun.get(run)[cluster];
  }

  /**
   * Returns the index of the cluster of a thread in a run; -1 if the persona does not exist in the
   * run.
   */
  int clusterOf(int run, int thread) {
    int[] threads = byRun.get(run);
    for (int j = 0; j < threads.length; j++) {
      if (threads[j] == thread) {
        return j;
      }
    }
    return -1;
  }

  /** Returns the number of threads, which is the number of personas in all runs together. */
  int count() {
    return count;
  }
}
