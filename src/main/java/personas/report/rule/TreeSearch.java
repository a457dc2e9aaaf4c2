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
  static final int MIN_USERS = 5;

  /**
   * The minimum number of further users for whom a question must be right, as a share of all
   * training users.
   */
  static final double MIN_SHARE_GAIN = 0.0025;

  /**
   * The maximum number of features in the look-ahead. The features with the best single questions
   * are used.
   */
  static final int MAX_FEATURES = 16;

  private final SplitBins bins;
  private final int[] clusters;
  private final int k;
  private final double minGain;

  /**
   * Prepares the search.
   *
   * @param clusters the cluster of each user, below k
   */
  TreeSearch(SplitBins bins, int[] clusters, int k) {
    this.bins = bins;
    this.clusters = clusters;
    this.k = k;
    this.minGain = Math.max(1, MIN_SHARE_GAIN * clusters.length);
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
    int[] totals = totals(users);
    int largest = largest(totals);
    Grown leaf = new Grown(new RuleNode.Leaf(largest), totals[largest]);
    boolean isLeaf = depth == 0 || leaf.right == users.length;
    Split split = isLeaf ? null : best(new Node(users, totals), depth);
    if (split == null) {
      return leaf;
    }
    Grown atLeast = grow(side(users, split, true), depth - 1);
    Grown below = grow(side(users, split, false), depth - 1);
    long right = atLeast.right + below.right;
    for (RuleNode simpler : List.of(leaf.node, atLeast.node, below.node)) {
      long rightWithout = right(simpler, users);
      if (right - rightWithout < minGain) {
        return new Grown(simpler, rightWithout);
      }
    }
    double threshold = bins.threshold(split.feature, split.split);
    RuleNode node = new RuleNode.Question(split.feature, threshold, atLeast.node, below.node);
    return new Grown(node, right);
  }

  private int[] totals(int[] users) {
    int[] totals = new int[k];
    for (int user : users) {
      totals[clusters[user]]++;
    }
    return totals;
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
   * Returns the best single question if the depth is 1, otherwise the first question of the best
   * tree of depth two; null if the users cannot be split.
   */
  private Split best(Node node, int depth) {
    List<Split> singleQuestions = new ArrayList<>();
    for (int f = 0; f < bins.features(); f++) {
      Split best = node.count(new int[] {f}).best(null);
      if (best != null) {
        singleQuestions.add(best);
      }
    }
    singleQuestions.sort(
        Comparator.comparingLong((Split split) -> -split.right)
            .thenComparingInt(split -> split.feature));
    if (depth == 1 || singleQuestions.isEmpty()) {
      return singleQuestions.isEmpty() ? null : singleQuestions.get(0);
    }
    int[] features =
        singleQuestions.stream().limit(MAX_FEATURES).mapToInt(Split::feature).sorted().toArray();
    Split best = null;
    for (int f : features) {
      Split next = lookAhead(node, f, features);
      best = next != null && (best == null || next.right > best.right) ? next : best;
    }
    return best;
  }

  /** Returns the best question about a feature, if each side may have one more question. */
  private Split lookAhead(Node node, int feature, int[] features) {
    Counts allCounts = node.count(features);
    Counts below = new Counts(node, features);
    Split best = null;
    int[] occupiedBins = node.occupiedBins[feature];
    int[][] byBin = node.byBin(feature);
    for (int b = 0; b < occupiedBins.length; b++) {
      for (int user : byBin[b]) {
        below.add(user);
      }
      if (below.users >= MIN_USERS && allCounts.users - below.users >= MIN_USERS) {
        long right = below.mostRight(null) + below.mostRight(allCounts);
        if (best == null || right > best.right) {
          best = new Split(feature, occupiedBins[b], right);
        }
      }
    }
    return best;
  }

  /**
   * The users who reach a question. Deep in the tree, they have few clusters and few bins, so only
   * these are counted. A split after an empty bin divides the users in the same way as the split
   * before this bin.
   */
  private final class Node {
    final int[] users;

    /** For each cluster, the position among the clusters of the users. */
    final int[] clusterPositions = new int[k];

    /** The number of clusters that have at least one of the users. */
    final int presentClusters;

    /** For each feature, the bins that hold users, ascending. */
    final int[][] occupiedBins = new int[bins.features()][];

    /** For each feature and bin that holds users, the position in {@link #occupiedBins}. */
    final int[][] occupiedPositions = new int[bins.features()][];

    Node(int[] users, int[] totals) {
      this.users = users;
      int count = 0;
      for (int j = 0; j < k; j++) {
        clusterPositions[j] = count;
        count += totals[j] > 0 ? 1 : 0;
      }
      presentClusters = count;
      for (int f = 0; f < occupiedBins.length; f++) {
        occupiedPositions[f] = new int[bins.splits(f) + 1];
        for (int user : users) {
          occupiedPositions[f][bins.bin(f, user)] = 1;
        }
        int[] binPositions = occupiedPositions[f];
        occupiedBins[f] =
            IntStream.range(0, binPositions.length).filter(bin -> binPositions[bin] > 0).toArray();
        for (int b = 0; b < occupiedBins[f].length; b++) {
          binPositions[occupiedBins[f][b]] = b;
        }
      }
    }

    Counts count(int[] features) {
      Counts counts = new Counts(this, features);
      for (int user : users) {
        counts.add(user);
      }
      return counts;
    }

    /** Returns the users in each occupied bin of a feature. */
    int[][] byBin(int feature) {
      int[][] byBin = new int[occupiedBins[feature].length][];
      int[] sizes = new int[byBin.length];
      for (int user : users) {
        sizes[occupiedPositions[feature][bins.bin(feature, user)]]++;
      }
      Arrays.setAll(byBin, b -> new int[sizes[b]]);
      for (int user : users) {
        int b = occupiedPositions[feature][bins.bin(feature, user)];
        byBin[b][--sizes[b]] = user;
      }
      return byBin;
    }
  }

  /** Numbers of users by feature, bin and cluster. */
  private final class Counts {
    private final Node node;
    private final int[] features;
    private final int[][] counts;
    private final int[] totals;
    private int users;

    Counts(Node node, int[] features) {
      this.node = node;
      this.features = features;
      totals = new int[node.presentClusters];
      counts = new int[features.length][];
      Arrays.setAll(
          counts, g -> new int[node.occupiedBins[features[g]].length * node.presentClusters]);
    }

    void add(int user) {
      int clusterPosition = node.clusterPositions[clusters[user]];
      for (int g = 0; g < features.length; g++) {
        int bin = node.occupiedPositions[features[g]][bins.bin(features[g], user)];
        counts[g][bin * node.presentClusters + clusterPosition]++;
      }
      totals[clusterPosition]++;
      users++;
    }

    /**
     * Returns the largest number of users for whom one question is right.
     *
     * @param allCounts if null, the question divides the users of these counts; otherwise it
     *     divides the users of {@code allCounts} who are not in these counts
     */
    long mostRight(Counts allCounts) {
      int[] dividedTotals = dividedTotals(allCounts);
      long leaf = dividedTotals[largest(dividedTotals)];
      Split best = best(allCounts);
      return best == null ? leaf : Math.max(leaf, best.right);
    }

    /** Returns, for each cluster, the number of the users that {@link #mostRight} describes. */
    private int[] dividedTotals(Counts allCounts) {
      int[] dividedTotals = totals.clone();
      for (int j = 0; j < dividedTotals.length && allCounts != null; j++) {
        dividedTotals[j] = allCounts.totals[j] - totals[j];
      }
      return dividedTotals;
    }

    /** Returns the best question for the users that {@link #mostRight} describes; null if none. */
    Split best(Counts allCounts) {
      int[] dividedTotals = dividedTotals(allCounts);
      int size = Arrays.stream(dividedTotals).sum();
      Split best = null;
      for (int g = 0; g < features.length; g++) {
        int[] below = new int[dividedTotals.length];
        int usersBelow = 0;
        int[] occupiedBins = node.occupiedBins[features[g]];
        for (int b = 0; b < occupiedBins.length; b++) {
          usersBelow += addBin(g, b, allCounts, below);
          if (usersBelow >= MIN_USERS && size - usersBelow >= MIN_USERS) {
            long right = right(below, dividedTotals);
            if (best == null || right > best.right) {
              best = new Split(features[g], occupiedBins[b], right);
            }
          }
        }
      }
      return best;
    }

    /** Adds the users of a bin to {@code below}, and returns their number. */
    private int addBin(int g, int b, Counts allCounts, int[] below) {
      int sum = 0;
      int from = b * below.length;
      for (int j = 0; j < below.length; j++) {
        int own = counts[g][from + j];
        int count = allCounts == null ? own : allCounts.counts[g][from + j] - own;
        below[j] += count;
        sum += count;
      }
      return sum;
    }

    private long right(int[] below, int[] dividedTotals) {
      int mostBelow = 0;
      int mostAbove = 0;
      for (int j = 0; j < below.length; j++) {
        mostBelow = Math.max(mostBelow, below[j]);
        mostAbove = Math.max(mostAbove, dividedTotals[j] - below[j]);
      }
      return (long) mostBelow + mostAbove;
    }
  }
}
