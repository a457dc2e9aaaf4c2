package personas.kmeans.selection;

import java.util.List;
import personas.kmeans.Centroids;
import personas.kmeans.valley.ValleyDepth;

/** Says whether a run would call clusters separate groups. */
public final class Structure {
  private Structure() {}

  /**
   * The rule of {@link KSelector}; the stability takes long and is looked at only if it decides.
   */
  public static boolean isClear(double[][] columns, int rows, Centroids centroids, long seed) {
    return new ValleyDepth(columns, rows, centroids).shallowest() >= KSelector.LEAST_VALLEY
        && KSelector.choose(List.of(candidate(columns, rows, centroids, seed)), 0).isClear();
  }

  private static Candidate candidate(double[][] columns, int rows, Centroids centroids, long seed) {
    return Candidate.start("test", centroids, SampleCheck.of(columns, rows, centroids, seed));
  }
}
