package personas.kmeans.selection;

import java.util.List;
import java.util.Locale;

/**
 * Chooses k: the largest whose clusters are all stable, have a valley to each of their neighbours,
 * and are large enough to be a segment.
 *
 * <p>Stability alone does not do: it prefers small k (S. Ben-David, U. von Luxburg and D. Pál, <i>A
 * sober look at clustering stability</i>, COLT 2006), and a heap that is longer than wide, or a
 * square, is cut the same way each time. Silhouette, Davies–Bouldin and Calinski–Harabasz have no
 * value that says that there is no structure, and overlook a small cluster. The valley is what
 * tells clusters from cuts; stability what tells a valley from a chance.
 */
public final class KSelector {
  /** From here on C. Hennig (2007) calls a cluster stable. */
  static final double LEAST_STABILITY = 0.75;

  /**
   * Of {@link ValleyDepth}: a heap as flat as a heap can be has more in one of 50 samples, a round
   * one next to never; planted clusters of moderate overlap have 0.9 and more.
   */
  static final double LEAST_VALLEY = 0.6;

  private KSelector() {}

  /** Of the only candidate: it was given, or the users allow no other. */
  public static KChoice only(Candidate candidate, boolean given) {
    return new KChoice(
        0,
        true,
        given
            ? "k = " + candidate.k() + " was given"
            : "the users have only " + candidate.k() + " distinct vectors");
  }

  /**
   * The choice.
   *
   * @param candidates by ascending k, at least one
   * @param minSegmentShare of all users that the smallest cluster must have
   */
  public static KChoice choose(List<Candidate> candidates, double minSegmentShare) {
    int last = candidates.size() - 1;
    for (int i = last; i >= 0; i--) {
      if (objection(candidates.get(i), minSegmentShare) == null) {
        return new KChoice(i, true, praise(candidates, i, minSegmentShare));
      }
    }
    int least = candidates.get(0).k();
    return new KChoice(
        0,
        false,
        String.format(
            Locale.ROOT,
            "no clear structure: no k of %d..%d has clusters that are stable, apart and large enough;"
                + " k = %d is the smallest, not the right one",
            least,
            candidates.get(last).k(),
            least));
  }

  private static String praise(List<Candidate> candidates, int i, double minSegmentShare) {
    int last = candidates.size() - 1;
    SampleDiagnostics findings = candidates.get(i).findings();
    return String.format(
        Locale.ROOT,
        "k = %d of %d..%d: the largest whose clusters are stable (least %.2f) and apart (least valley"
            + " %.2f); %s",
        candidates.get(i).k(),
        candidates.get(0).k(),
        candidates.get(last).k(),
        findings.leastStability(),
        findings.valley(),
        i == last
            ? "a larger range might allow more"
            : "with k = "
                + candidates.get(i + 1).k()
                + " "
                + objection(candidates.get(i + 1), minSegmentShare));
  }

  /** Why a candidate will not do; null where it will. */
  private static String objection(Candidate candidate, double minSegmentShare) {
    SampleDiagnostics findings = candidate.findings();
    if (findings.valley() < LEAST_VALLEY) {
      return String.format(
          Locale.ROOT, "two clusters are halves of one heap (valley %.2f)", findings.valley());
    }
    if (findings.leastStability() < LEAST_STABILITY) {
      return String.format(
          Locale.ROOT, "a cluster is not stable (%.2f)", findings.leastStability());
    }
    if (candidate.smallestShare() < minSegmentShare) {
      return String.format(
          Locale.ROOT, "a cluster has only %.2g %% of the users", 100 * candidate.smallestShare());
    }
    return null;
  }
}
