package personas.kmeans.selection;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import personas.kmeans.valley.ValleyDepth;

/**
 * Chooses k. The choice is the largest k whose clusters are all stable, are separated from each
 * neighbor by a valley, and are large enough for a segment. If no k has such clusters, the users
 * are a continuum. Then the choice is the largest k whose slices of the continuum are stable in
 * other samples.
 *
 * <p>Stability alone is not enough. It prefers small k (S. Ben-David, U. von Luxburg and D. Pál,
 * <i>A sober look at clustering stability</i>, COLT 2006), and a single group that is longer than
 * wide is cut the same way each time. Silhouette, Davies–Bouldin and Calinski–Harabasz have no
 * value that means "no structure", and they overlook small clusters. The valley distinguishes
 * clusters from cuts through one group, and stability distinguishes a valley from chance.
 *
 * <p>A continuum can be cut in useful ways. S. Dolnicar and F. Leisch, <i>Evaluation of structure
 * and reproducibility of cluster solutions using the bootstrap</i>, Marketing Letters 21, 2010,
 * call such a segmentation reproducible. They call a segmentation into separate groups natural, and
 * any other segmentation constructive.
 */
public final class KSelector {
  /** The smallest stability of a stable cluster, after C. Hennig (2007). */
  public static final double LEAST_STABILITY = 0.75;

  /**
   * The smallest {@link ValleyDepth} between separate clusters. One group with uniform density
   * exceeds this depth in one of 50 samples, and a normally distributed group almost never. Planted
   * clusters with moderate overlap have 0.9 or more.
   */
  static final double LEAST_VALLEY = 0.6;

  /**
   * The smallest share of the users in a slice of a continuum. A smaller slice could be the tail of
   * a skewed feature.
   */
  static final double MIN_SLICE_SHARE = 0.05;

  private KSelector() {}

  /**
   * Returns the choice if there is one candidate only.
   *
   * @param isGiven whether k was given; otherwise the data allows no larger k
   */
  public static KChoice only(Candidate candidate, boolean isGiven) {
    return new KChoice(
        0,
        PartitionKind.FIXED,
        isGiven
            ? "k = " + candidate.k() + " was given"
            : "the data has only " + candidate.k() + " distinct feature vectors");
  }

  /**
   * Returns the choice among candidates, by the rule of this class.
   *
   * @param candidates at least one candidate, by ascending k
   * @param minSegmentShare the smallest share of all users that a cluster may have, 0..1
   */
  public static KChoice choose(List<Candidate> candidates, double minSegmentShare) {
    int last = candidates.size() - 1;
    for (int i = last; i >= 0; i--) {
      if (kindOf(candidates.get(i), minSegmentShare) == PartitionKind.SEPARATE_GROUPS) {
        return new KChoice(
            i, PartitionKind.SEPARATE_GROUPS, reasonForGroups(candidates, i, minSegmentShare));
      }
    }
    for (int i = last; i >= 0; i--) {
      if (kindOf(candidates.get(i), minSegmentShare) == PartitionKind.USEFUL_SLICES) {
        return slices(candidates, i, minSegmentShare);
      }
    }
    int smallestK = candidates.get(0).k();
    return new KChoice(
        0,
        PartitionKind.NO_STABLE_PARTITION,
        String.format(
            Locale.ROOT,
            "%s; no k gives stable slices, so the smallest k = %d was taken",
            noStructure(candidates),
            smallestK));
  }

  /**
   * Returns the kind of partition that a clustering is, regardless of other candidates.
   *
   * @param findings the diagnostics on the sample
   * @param smallestShare the share of all users in the smallest cluster, 0..1
   * @param minSegmentShare the smallest share of all users that a cluster may have, 0..1
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
            "%s; k = %d gives useful slices of a continuum: it is the largest k with a stability of %.2f"
                + " or more in 19 of 20 bootstraps (%.2f) and at least %s%% of the users in each slice",
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
        "no clear structure: no k in %d..%d has clusters that are all stable, separate and large"
            + " enough",
        candidates.get(0).k(),
        candidates.get(candidates.size() - 1).k());
  }

  private static String reasonForGroups(List<Candidate> candidates, int i, double minSegmentShare) {
    int last = candidates.size() - 1;
    SampleDiagnostics findings = candidates.get(i).findings();
    return String.format(
        Locale.ROOT,
        "k = %d of %d..%d is the largest k whose clusters are all stable (at least %.2f) and separate"
            + " (valley at least %.2f); %s",
        candidates.get(i).k(),
        candidates.get(0).k(),
        candidates.get(last).k(),
        findings.stability().least(),
        findings.valley(),
        i == last
            ? "a larger range of k might give more clusters"
            : "with k = "
                + candidates.get(i + 1).k()
                + " "
                + objection(candidates.get(i + 1), minSegmentShare));
  }

  private static String objection(Candidate candidate, double minSegmentShare) {
    return objection(candidate.findings(), candidate.smallestShare(), minSegmentShare);
  }

  /** Returns why the clusters are not separate groups; null if they are. */
  private static String objection(
      SampleDiagnostics findings, double smallestShare, double minSegmentShare) {
    if (findings.valley() < LEAST_VALLEY) {
      return String.format(
          Locale.ROOT, "two clusters are parts of one group (valley %.2f)", findings.valley());
    }
    if (findings.stability().least() < LEAST_STABILITY) {
      return String.format(
          Locale.ROOT, "a cluster is not stable (stability %.2f)", findings.stability().least());
    }
    if (smallestShare < minSegmentShare) {
      return String.format(
          Locale.ROOT, "a cluster has only %.2g%% of the users", 100 * smallestShare);
    }
    return null;
  }
}
