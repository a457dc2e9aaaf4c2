package personas.report.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Searches the tree of rules that gives most users their persona. A tree of depth one or two is
 * optimal over the thresholds of {@link SplitBins}. The first question of a deeper tree is the
 * first question of the best tree of depth two, and the search continues on both sides. This
 * look-ahead avoids the usual weakness of greedy trees (Breiman et al., Classification and
 * Regression Trees, 1984; Demirović et al., MurTree, JMLR 2022, for trees of depth two). Ties go to
 * the first feature and the smallest threshold. A question is dropped if a leaf or one of the two
 * subtrees is right for nearly as many users.
 */
final class TreeSearch {
  /** The minimum number of training users on each side of a question. */
  static final int LEAST_USERS = 5;

  /** The minimum share of all training users that a question must add to the correct ones. */
  static final double WORTHWHILE = 0.0025;

  /** The look-ahead uses this number of features: the best ones by a single question. */
  static final int MOST_FEATURES = 16;

  private final SplitBins bins;
  private final int[] clusters;
  private final int k;
  private final double least;

  /**
   * Prepares the search.
   *
   * @param clusters the cluster of each user, below k
   */
  TreeSearch(SplitBins bins, int[] clusters, int k) {
    this.bins = bins;
    this.clusters = clusters;
    this.k = k;
    this.least = Math.max(1, WORTHWHILE * clusters.length);
  }

  /** A question, and the number of users for whom the best answers are right. */
  private record Split(int feature, int split, long right) {}

  /** A node, and the number of training users for whom it is right. */
  private record Grown(RuleNode node, long right) {}

  /** Returns the best tree with at most {@code depth} questions in a row. */
  RuleNode find(int depth) {
    return grow(IntStream.range(0, clusters.length).toArray(), depth).node;
  }

  private Grown grow(int[] users, int depth) {
    int[] totals = new int[k];
    for (int user : users) {
      totals[clusters[user]]++;
    }
    int largest = largest(totals);
    Grown leaf = new Grown(new RuleNode.Leaf(largest), totals[largest]);
    Split split = depth == 0 || leaf.right == users.length ? null : best(users, depth);
    if (split == null) {
      return leaf;
    }
    Grown atLeast = grow(side(users, split, true), depth - 1);
    Grown below = grow(side(users, split, false), depth - 1);
    long right = atLeast.right + below.right;
    for (RuleNode simpler : List.of(leaf.node, atLeast.node, below.node)) {
      long rightWithout = right(simpler, users);
      if (right - rightWithout < least) {
        return new Grown(simpler, rightWithout);
      }
    }
    double threshold = bins.threshold(split.feature, split.split);
    RuleNode node = new RuleNode.Question(split.feature, threshold, atLeast.node, below.node);
    return new Grown(node, right);
  }

  /** Returns the number of these users for whom a tree is right. */
  private long right(RuleNode tree, int[] users) {
    return Arrays.stream(users)
        .filter(
            user -> {
              RuleNode.Leaf leaf =
                  tree.leafOf((feature, threshold) -> bins.isAtLeast(feature, user, threshold));
              return leaf.persona() == clusters[user];
            })
        .count();
  }

  private int[] side(int[] users, Split split, boolean atLeast) {
    return Arrays.stream(users)
        .filter(user -> bins.bin(split.feature, user) > split.split == atLeast)
        .toArray();
  }

  private static int largest(int[] counts) {
    int largest = 0;
    for (int j = 1; j < counts.length; j++) {
      largest = counts[j] > counts[largest] ? j : largest;
    }
    return largest;
  }

  /**
   * Returns the first question of the best tree of depth two; null if the users cannot be split.
   */
  private Split best(int[] users, int depth) {
    List<Split> alone = new ArrayList<>();
    for (int f = 0; f < bins.features(); f++) {
      Counts allCounts = new Counts(new int[] {f});
      for (int user : users) {
        allCounts.add(user);
      }
      Split best = allCounts.best(null);
      if (best != null) {
        alone.add(best);
      }
    }
    alone.sort(
        Comparator.comparingLong((Split split) -> -split.right).thenComparingInt(s -> s.feature));
    if (depth == 1 || alone.isEmpty()) {
      return alone.isEmpty() ? null : alone.get(0);
    }
    int[] features =
        alone.stream().limit(MOST_FEATURES).mapToInt(Split::feature).sorted().toArray();
    Split best = null;
    for (int f : features) {
      Split next = lookAhead(users, f, features);
      best = next != null && (best == null || next.right > best.right) ? next : best;
    }
    return best;
  }

  /** Returns the best question about a feature, if each side may have one more question. */
  private Split lookAhead(int[] users, int feature, int[] features) {
    int[][] byBin = byBin(users, feature);
    Counts allCounts = new Counts(features);
    for (int user : users) {
      allCounts.add(user);
    }
    Counts below = new Counts(features);
    Split best = null;
    for (int s = 0; s < bins.splits(feature); s++) {
      for (int user : byBin[s]) {
        below.add(user);
      }
      boolean isSplit = below.users >= LEAST_USERS && allCounts.users - below.users >= LEAST_USERS;
      if (isSplit && byBin[s].length > 0) {
        long right = below.mostRight(null) + below.mostRight(allCounts);
        if (best == null || right > best.right) {
          best = new Split(feature, s, right);
        }
      }
    }
    return best;
  }

  private int[][] byBin(int[] users, int feature) {
    int[][] byBin = new int[bins.splits(feature) + 1][];
    int[] sizes = new int[byBin.length];
    for (int user : users) {
      sizes[bins.bin(feature, user)]++;
    }
    Arrays.setAll(byBin, bin -> new int[sizes[bin]]);
    for (int user : users) {
      int bin = bins.bin(feature, user);
      byBin[bin][--sizes[bin]] = user;
    }
    return byBin;
  }

  /** Numbers of users by feature, bin and cluster. */
  private final class Counts {
    private final int[] features;
    private final int[][] counts;
    private final int[] totals = new int[k];
    private int users;

    Counts(int[] features) {
      this.features = features;
      counts = new int[features.length][];
      Arrays.setAll(counts, g -> new int[(bins.splits(features[g]) + 1) * k]);
    }

    void add(int user) {
      int cluster = clusters[user];
      for (int g = 0; g < features.length; g++) {
        counts[g][bins.bin(features[g], user) * k + cluster]++;
      }
      totals[cluster]++;
      users++;
    }

    /**
     * Returns the largest number of users for whom one question is right.
     *
     * @param allCounts null for the users of these counts; otherwise, for the users of {@code
     *     allCounts} who are not in these counts
     */
    long mostRight(Counts allCounts) {
      int[] rest = rest(allCounts);
      long leaf = rest[largest(rest)];
      Split best = best(allCounts);
      return best == null ? leaf : Math.max(leaf, best.right);
    }

    private int[] rest(Counts allCounts) {
      int[] rest = totals.clone();
      for (int j = 0; j < k && allCounts != null; j++) {
        rest[j] = allCounts.totals[j] - totals[j];
      }
      return rest;
    }

    /** Returns the best question for the users that {@link #mostRight} describes; null if none. */
    Split best(Counts allCounts) {
      int[] rest = rest(allCounts);
      int size = Arrays.stream(rest).sum();
      Split best = null;
      for (int g = 0; g < features.length; g++) {
        int[] below = new int[k];
        int usersBelow = 0;
        for (int s = 0; s < bins.splits(features[g]); s++) {
          for (int j = 0; j < k; j++) {
            int own = counts[g][s * k + j];
            int count = allCounts == null ? own : allCounts.counts[g][s * k + j] - own;
            below[j] += count;
            usersBelow += count;
          }
          if (usersBelow >= LEAST_USERS && size - usersBelow >= LEAST_USERS) {
            long right = right(below, rest);
            if (best == null || right > best.right) {
              best = new Split(features[g], s, right);
            }
          }
        }
      }
      return best;
    }

    private long right(int[] below, int[] rest) {
      int most = 0;
      int mostAbove = 0;
      for (int j = 0; j < k; j++) {
        most = Math.max(most, below[j]);
        mostAbove = Math.max(mostAbove, rest[j] - below[j]);
      }
      return (long) most + mostAbove;
    }
  }
}
