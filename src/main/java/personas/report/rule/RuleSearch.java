package personas.report.rule;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import personas.report.data.Decimals;
import personas.report.data.ReportData.Rule;
import personas.report.data.ReportSample;

/**
 * Searches a rule of at most three conditions on raw values that finds the users of one persona.
 *
 * <p>The beam search extends the five best rules by one condition at a time. The score is the
 * harmonic mean of coverage and precision. A condition must gain at least {@link #WORTHWHILE}.
 * Thresholds lie next to quantiles of the persona and of all users. They are the shortest decimals,
 * or have even fewer digits if the score hardly changes. Ties go to the first feature, the lower
 * bound and the smaller threshold.
 */
public final class RuleSearch {
  private static final int MOST_CONDITIONS = 3;
  private static final int BEAM = 5;
  private static final double WORTHWHILE = 0.01;

  /** The maximum loss of score for thresholds with fewer digits. */
  private static final double ROUNDING_COST = 0.005;

  private static final int FEWEST_DIGITS = 2;
  private static final int MOST_DIGITS = 5;

  private final ReportSample sample;
  private final List<RuleColumn> columns;
  private final double[][] sorted;
  private final int[][] ranks;
  private final int[] sampled;

  /**
   * Prepares the search in a sample.
   *
   * @param columns the columns of the d features
   */
  public RuleSearch(ReportSample sample, List<RuleColumn> columns) {
    this.sample = sample;
    this.columns = columns;
    this.sorted = new double[sample.d()][];
    Arrays.setAll(sorted, sample::sorted);
    this.ranks = new int[sample.d()][sample.size()];
    for (int f = 0; f < ranks.length; f++) {
      for (int i = 0; i < sample.size(); i++) {
        double value = sample.raw(f, i);
        ranks[f][i] =
            Double.isNaN(value) ? RuleThresholds.MISSING : Arrays.binarySearch(sorted[f], value);
      }
    }
    this.sampled = IntStream.range(0, sample.size()).toArray();
  }

  /** One bound on a feature: at least or at most the threshold of a cut. */
  private record Condition(int feature, boolean atLeast, int cut) {}

  /** A conjunction with the number of users that it finds rightly and wrongly, and its score. */
  private record Candidate(List<Condition> conditions, int right, int wrong, double score) {
    Condition last() {
      return conditions.get(conditions.size() - 1);
    }
  }

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble((Candidate candidate) -> -candidate.score)
          .thenComparingInt(candidate -> candidate.last().feature)
          .thenComparing(candidate -> !candidate.last().atLeast)
          .thenComparingInt(candidate -> candidate.last().cut);

  /**
   * Returns the rule of a cluster.
   *
   * @return null if the sample holds no user of the cluster or only users of the cluster
   */
  public Rule find(int cluster) {
    RuleThresholds cuts = new RuleThresholds(sample, sorted, ranks, cluster);
    if (cuts.users() == 0 || cuts.users() == sample.size()) {
      return null;
    }
    Candidate best = null;
    List<Candidate> beam = List.of(new Candidate(List.of(), cuts.users(), 0, 0));
    for (int size = 1; size <= MOST_CONDITIONS; size++) {
      List<Candidate> grown = new ArrayList<>();
      for (Candidate candidate : beam) {
        grow(candidate, cuts, grown);
      }
      if (grown.isEmpty()) {
        break;
      }
      grown.sort(BEST_FIRST);
      beam = List.copyOf(grown.subList(0, Math.min(BEAM, grown.size())));
      if (best == null || beam.get(0).score >= best.score + WORTHWHILE) {
        best = beam.get(0);
      }
    }
    return best == null || best.right == 0 ? null : rule(best, cuts, cluster);
  }

  /** Adds the best extension of one candidate per feature and side. */
  private void grow(Candidate candidate, RuleThresholds cuts, List<Candidate> grown) {
    int[] matching = sampled;
    for (Condition condition : candidate.conditions) {
      matching = cuts.select(matching, condition.feature, condition.atLeast, condition.cut);
    }
    for (int f = 0; f < sample.d(); f++) {
      int[][] counts = cuts.count(f, matching);
      int allRight = Arrays.stream(counts[0]).sum();
      int allWrong = Arrays.stream(counts[1]).sum();
      Best atLeast = new Best();
      Best atMost = new Best();
      int right = 0;
      int wrong = 0;
      for (int cut = 0; cut < counts[0].length - 1; cut++) {
        right += counts[0][cut];
        wrong += counts[1][cut];
        atMost.offer(cut, right, wrong, cuts.users());
        atLeast.offer(cut, allRight - right, allWrong - wrong, cuts.users());
      }
      if (counts[0].length > 1) {
        grown.add(atLeast.added(candidate, f, true));
        grown.add(atMost.added(candidate, f, false));
      }
    }
  }

  /** The best cut of a feature on one side. The first one of equal cuts wins. */
  private static final class Best {
    private int cut = -1;
    private int right;
    private int wrong;
    private double score;

    void offer(int cut, int right, int wrong, int users) {
      double score = 2.0 * right / (right + wrong + users);
      if (this.cut < 0 || score > this.score) {
        this.cut = cut;
        this.right = right;
        this.wrong = wrong;
        this.score = score;
      }
    }

    Candidate added(Candidate from, int feature, boolean atLeast) {
      List<Condition> conditions = new ArrayList<>(from.conditions);
      conditions.removeIf(c -> c.feature == feature && c.atLeast == atLeast);
      conditions.add(new Condition(feature, atLeast, cut));
      return new Candidate(List.copyOf(conditions), right, wrong, score);
    }
  }

  /** A condition with a decimal threshold. */
  private record Bound(int feature, boolean atLeast, BigDecimal threshold, double limit) {
    Bound(int feature, boolean atLeast, BigDecimal threshold) {
      this(feature, atLeast, threshold, threshold.doubleValue());
    }

    boolean holds(double value) {
      return atLeast ? value >= limit : value <= limit;
    }

    Bound rounded(int digits) {
      return new Bound(
          feature, atLeast, threshold.round(new MathContext(digits, RoundingMode.HALF_EVEN)));
    }
  }

  /**
   * Returns the rule with the fewest digits whose rounding costs at most {@link #ROUNDING_COST}.
   */
  private Rule rule(Candidate best, RuleThresholds cuts, int cluster) {
    List<Bound> exact = best.conditions.stream().map(condition -> bound(condition, cuts)).toList();
    for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
      int shown = digits;
      List<Bound> rounded = exact.stream().map(bound -> bound.rounded(shown)).toList();
      int[] found = count(rounded, cluster);
      double score = 2.0 * found[0] / (found[0] + found[1] + cuts.users());
      if (score >= best.score - ROUNDING_COST) {
        return rule(rounded, found, cuts.users());
      }
    }
    return rule(exact, count(exact, cluster), cuts.users());
  }

  private static Bound bound(Condition condition, RuleThresholds cuts) {
    double below = cuts.below(condition.feature, condition.cut);
    double above = cuts.above(condition.feature, condition.cut);
    return new Bound(
        condition.feature,
        condition.atLeast,
        condition.atLeast
            ? Decimals.shortestAbove(below, above)
            : Decimals.shortestBelow(below, above));
  }

  /** Returns the number of matching users: users of the cluster, and others. */
  private int[] count(List<Bound> bounds, int cluster) {
    int[] found = new int[2];
    for (int i = 0; i < sample.size(); i++) {
      boolean isMatch = true;
      for (Bound bound : bounds) {
        isMatch &= bound.holds(sample.raw(bound.feature, i));
      }
      if (isMatch) {
        found[sample.cluster(i) == cluster ? 0 : 1]++;
      }
    }
    return found;
  }

  private Rule rule(List<Bound> bounds, int[] found, int users) {
    List<String> parts = new ArrayList<>();
    for (Bound bound : bounds) {
      parts.add(
          columns.get(bound.feature).condition(bound.atLeast, Decimals.text(bound.threshold)));
    }
    return new Rule(
        String.join(" AND ", parts),
        found[0] / (double) users,
        found[0] / (double) (found[0] + found[1]));
  }
}
