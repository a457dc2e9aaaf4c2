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
 * harmonic mean of coverage and precision. A further condition must add at least {@link #MIN_GAIN}
 * to the score. Thresholds lie next to quantiles of the persona and of all users. They are the
 * shortest decimals, or have even fewer digits if the score falls by at most {@link
 * #ROUNDING_COST}. Ties go to the first feature, the lower bound and the smaller threshold.
 */
public final class RuleSearch {
  private static final int MAX_CONDITIONS = 3;
  private static final int BEAM_WIDTH = 5;

  /** The minimum gain of score by a further condition. */
  private static final double MIN_GAIN = 0.01;

  /** The maximum loss of score for thresholds with fewer digits. */
  private static final double ROUNDING_COST = 0.005;

  private static final int MIN_DIGITS = 2;
  private static final int MAX_DIGITS = 5;

  private final ReportSample sample;
  private final List<RuleColumn> columns;
  private final double[][] sorted;
  private final int[][] ranks;
  private final int[] allUsers;

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
    this.allUsers = IntStream.range(0, sample.size()).toArray();
  }

  /** One bound on a feature: at least or at most the threshold of a cut. */
  private record Condition(int feature, boolean atLeast, int cut) {}

  /**
   * A conjunction of conditions.
   *
   * @param right the number of found users who belong to the cluster
   * @param wrong the number of found users who do not belong to the cluster
   * @param score the harmonic mean of coverage and precision, 0..1
   */
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
   * @return null if the sample holds no user of the cluster or only users of the cluster, or if no
   *     rule finds a user of the cluster
   */
  public Rule find(int cluster) {
    RuleThresholds cuts = new RuleThresholds(sample, sorted, ranks, cluster);
    if (cuts.users() == 0 || cuts.users() == sample.size()) {
      return null;
    }
    Candidate best = null;
    List<Candidate> beam = List.of(new Candidate(List.of(), cuts.users(), 0, 0));
    for (int size = 1; size <= MAX_CONDITIONS; size++) {
      List<Candidate> extended = new ArrayList<>();
      for (Candidate candidate : beam) {
        extend(candidate, cuts, extended);
      }
      if (extended.isEmpty()) {
        break;
      }
      extended.sort(BEST_FIRST);
      beam = List.copyOf(extended.subList(0, Math.min(BEAM_WIDTH, extended.size())));
      if (best == null || beam.get(0).score >= best.score + MIN_GAIN) {
        best = beam.get(0);
      }
    }
    return best == null || best.right == 0 ? null : rule(best, cuts, cluster);
  }

  /** Adds the best extension of a candidate for each feature and side of a threshold. */
  private void extend(Candidate candidate, RuleThresholds cuts, List<Candidate> extended) {
    int[] matching = allUsers;
    for (Condition condition : candidate.conditions) {
      matching = cuts.select(matching, condition.feature, condition.atLeast, condition.cut);
    }
    for (int f = 0; f < sample.d(); f++) {
      int[][] counts = cuts.count(f, matching);
      int allRight = Arrays.stream(counts[0]).sum();
      int allWrong = Arrays.stream(counts[1]).sum();
      BestCut atLeast = new BestCut();
      BestCut atMost = new BestCut();
      int right = 0;
      int wrong = 0;
      for (int cut = 0; cut < counts[0].length - 1; cut++) {
        right += counts[0][cut];
        wrong += counts[1][cut];
        atMost.offer(cut, right, wrong, cuts.users());
        atLeast.offer(cut, allRight - right, allWrong - wrong, cuts.users());
      }
      if (counts[0].length > 1) {
        extended.add(atLeast.added(candidate, f, true));
        extended.add(atMost.added(candidate, f, false));
      }
    }
  }

  /** The best cut of a feature for one side. Of several equally good cuts, the first one wins. */
  private static final class BestCut {
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
      conditions.removeIf(
          condition -> condition.feature == feature && condition.atLeast == atLeast);
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
    for (int digits = MIN_DIGITS; digits <= MAX_DIGITS; digits++) {
      int maxDigits = digits;
      List<Bound> rounded = exact.stream().map(bound -> bound.rounded(maxDigits)).toList();
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

  /**
   * Returns the numbers of users who meet all bounds: at index 0 the users of the cluster, at index
   * 1 the other users.
   */
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
