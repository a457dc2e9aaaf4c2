package personas.report.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The search for a tree that gives most users their persona. A tree of up to two questions in a row
 * is the best of all such trees over the thresholds of {@link SplitBins}; the first question of a
 * deeper tree is that of the best tree of two, and both sides are searched again. This look ahead
 * avoids the usual mistake of a tree that is grown greedily (Breiman et al., Classification and
 * Regression Trees, 1984; Demirović et al., MurTree, JMLR 2022, for the trees of depth two). Ties
 * go to the first feature and the smallest threshold. A question is left out if a leaf, or the tree
 * of one of its answers for all users, is right for nearly as many.
 */
final class TreeSearch {
  /** Fewer users of the training are no group of their own. */
  static final int LEAST_USERS = 5;

  /** A question is worth reading if it gives so many more users of all their persona. */
  static final double WORTHWHILE = 0.0025;

  /** The look ahead takes so many features: those that tell the most by themselves. */
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

  /** A question and how many users its best answers are right for. */
  private record Split(int feature, int split, long right) {}

  /** A node and how many users of the training it is right for. */
  private record Grown(RuleNode node, long right) {}

  /** The best tree of at most so many questions in a row. */
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

  /** How many of these users a tree is right for. */
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

  /** The first question of the best tree of at most two; null if the users cannot be split. */
  private Split best(int[] users, int depth) {
    List<Split> alone = new ArrayList<>();
    for (int f = 0; f < bins.features(); f++) {
      Counts all = new Counts(new int[] {f});
      for (int user : users) {
        all.add(user);
      }
      Split best = all.best(null);
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

  /** The best first question about a feature, if each side may have one more question. */
  private Split lookAhead(int[] users, int feature, int[] features) {
    int[][] byBin = byBin(users, feature);
    Counts all = new Counts(features);
    for (int user : users) {
      all.add(user);
    }
    Counts below = new Counts(features);
    Split best = null;
    for (int s = 0; s < bins.splits(feature); s++) {
      for (int user : byBin[s]) {
        below.add(user);
      }
      boolean isSplit = below.users >= LEAST_USERS && all.users - below.users >= LEAST_USERS;
      if (isSplit && byBin[s].length > 0) {
        long right = below.mostRight(null) + below.mostRight(all);
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

  /** Users by feature, bin and cluster. */
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

    /** Right for most of these users, or of those of {@code all} that are not among these. */
    long mostRight(Counts all) {
      int[] rest = rest(all);
      long leaf = rest[largest(rest)];
      Split best = best(all);
      return best == null ? leaf : Math.max(leaf, best.right);
    }

    private int[] rest(Counts all) {
      int[] rest = totals.clone();
      for (int j = 0; j < k && all != null; j++) {
        rest[j] = all.totals[j] - totals[j];
      }
      return rest;
    }

    /** The best question to these users, or to those of {@code all} that are not among these. */
    Split best(Counts all) {
      int[] rest = rest(all);
      int size = Arrays.stream(rest).sum();
      Split best = null;
      for (int g = 0; g < features.length; g++) {
        int[] below = new int[k];
        int usersBelow = 0;
        for (int s = 0; s < bins.splits(features[g]); s++) {
          for (int j = 0; j < k; j++) {
            int own = counts[g][s * k + j];
            int count = all == null ? own : all.counts[g][s * k + j] - own;
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
