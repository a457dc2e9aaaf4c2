package personas.kmeans.selection;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import personas.kmeans.valley.ValleyDepth;

/**
 * Chooses k: the largest whose clusters are all stable, have a valley to each of their neighbours,
 * and are large enough to be a segment. If no k has such clusters, the users are a continuum, and
 * the selector chooses the largest k that cuts it into slices that other samples confirm.
 *
 * <p>Stability alone does not do: it prefers small k (S. Ben-David, U. von Luxburg and D. Pál, <i>A
 * sober look at clustering stability</i>, COLT 2006), and a heap that is longer than wide, or a
 * square, is cut the same way each time. Silhouette, Davies–Bouldin and Calinski–Harabasz have no
 * value that says that there is no structure, and overlook a small cluster. The valley is what
 * tells clusters from cuts; stability what tells a valley from a chance.
 *
 * <p>A continuum can be cut in useful ways: S. Dolnicar and F. Leisch, <i>Evaluation of structure
 * and reproducibility of cluster solutions using the bootstrap</i>, Marketing Letters 21, 2010,
 * call such a segmentation reproducible, one of groups natural, and any other one constructive.
 */
public final class KSelector {
  /** From here on C. Hennig (2007) calls a cluster stable. */
  public static final double LEAST_STABILITY = 0.75;

  /**
   * Of {@link ValleyDepth}: a heap as flat as a heap can be has more in one of 50 samples, a round
   * one next to never; planted clusters of moderate overlap have 0.9 and more.
   */
  static final double LEAST_VALLEY = 0.6;

  /**
   * Smallest share of the users in a slice of a continuum. A smaller slice is the tail of a skewed
   * feature.
   */
  static final double MIN_SLICE_SHARE = 0.05;

  private KSelector() {}

  /** Of the only candidate: it was given, or the users allow no other. */
  public static KChoice only(Candidate candidate, boolean given) {
    return new KChoice(
        0,
        PartitionKind.FIXED,
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
      if (kindOf(candidates.get(i), minSegmentShare) == PartitionKind.SEPARATE_GROUPS) {
        return new KChoice(
            i, PartitionKind.SEPARATE_GROUPS, praise(candidates, i, minSegmentShare));
      }
    }
    for (int i = last; i >= 0; i--) {
      if (kindOf(candidates.get(i), minSegmentShare) == PartitionKind.USEFUL_SLICES) {
        return slices(candidates, i, minSegmentShare);
      }
    }
    int least = candidates.get(0).k();
    return new KChoice(
        0,
        PartitionKind.NO_STABLE_PARTITION,
        String.format(
            Locale.ROOT,
            "%s; no k gives stable slices either: k = %d is the smallest, not the right one",
            noStructure(candidates),
            least));
  }

  /**
   * Which kind of answer a clustering is by itself, whatever the other candidates are.
   *
   * @param smallestShare of all users, in the smallest cluster, 0..1
   * @param minSegmentShare of all users that the smallest cluster must have
   */
  public static PartitionKind kindOf(
      SampleDiagnostics findings, double smallestShare, double minSegmentShare) {
    if (objection(findings, smallestShare, minSegmentShare) == null) {
      return PartitionKind.SEPARATE_GROUPS;
    }
    return findings.stabilityLow() >= LEAST_STABILITY
            && smallestShare >= minSliceShare(minSegmentShare)
        ? PartitionKind.USEFUL_SLICES
        : PartitionKind.NO_STABLE_PARTITION;
  }

  private static PartitionKind kindOf(Candidate candidate, double minSegmentShare) {
    return kindOf(candidate.findings(), candidate.smallestShare(), minSegmentShare);
  }

  private static double minSliceShare(double minSegmentShare) {
    return Math.max(MIN_SLICE_SHARE, minSegmentShare);
  }

  private static KChoice slices(List<Candidate> candidates, int i, double minSegmentShare) {
    return new KChoice(
        i,
        PartitionKind.USEFUL_SLICES,
        String.format(
            Locale.ROOT,
            "%s; k = %d gives useful slices of a continuum: the largest k with a stability of %.2f or"
                + " more in 19 of 20 bootstraps (%.2f) and at least %s%% of the users in each slice",
            noStructure(candidates),
            candidates.get(i).k(),
            LEAST_STABILITY,
            candidates.get(i).findings().stabilityLow(),
            BigDecimal.valueOf(minSliceShare(minSegmentShare))
                .movePointRight(2)
                .stripTrailingZeros()
                .toPlainString()));
  }

  private static String noStructure(List<Candidate> candidates) {
    return String.format(
        Locale.ROOT,
        "no clear structure: no k of %d..%d has clusters that are stable, apart and large enough",
        candidates.get(0).k(),
        candidates.get(candidates.size() - 1).k());
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

  private static String objection(Candidate candidate, double minSegmentShare) {
    return objection(candidate.findings(), candidate.smallestShare(), minSegmentShare);
  }

  /** Why the clusters are not separate groups; null if they are. */
  private static String objection(
      SampleDiagnostics findings, double smallestShare, double minSegmentShare) {
    if (findings.valley() < LEAST_VALLEY) {
      return String.format(
          Locale.ROOT, "two clusters are halves of one heap (valley %.2f)", findings.valley());
    }
    if (findings.leastStability() < LEAST_STABILITY) {
      return String.format(
          Locale.ROOT, "a cluster is not stable (%.2f)", findings.leastStability());
    }
    if (smallestShare < minSegmentShare) {
      return String.format(
          Locale.ROOT, "a cluster has only %.2g %% of the users", 100 * smallestShare);
    }
    return null;
  }
}
