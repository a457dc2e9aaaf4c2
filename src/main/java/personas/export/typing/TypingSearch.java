package personas.export.typing;

import java.util.ArrayList;
import java.util.List;

/**
 * Searches the columns with the highest accuracy. The accuracy of a set of columns is measured by
 * cross-validation over the training users. With up to {@value #MAX_EXHAUSTIVE} columns, all sets
 * of a size are tried. With more columns, forward selection adds the column with the highest gain
 * to the best set. Among equally good sets, the lexicographically first set is chosen.
 */
final class TypingSearch {
  /** The maximum number of columns for which all sets are tried. */
  static final int MAX_EXHAUSTIVE = 12;

  /** The number of folds of the cross-validation. */
  static final int FOLDS = 5;

  private final double[][] users;
  private final int[] personas;
  private final double[][] centroids;
  private final List<int[]> columns;

  /** For each fold, the sums of the users in all other folds. */
  private final ClassSums[] withoutFold = new ClassSums[FOLDS];

  private final ClassSums allUsers;

  /**
   * The best set of a size.
   *
   * @param columns the indexes of the columns, ascending
   * @param right the number of training users to whom cross-validation gives their persona
   */
  record Best(List<Integer> columns, int right) {}

  /**
   * Creates a search.
   *
   * @param users n rows of d standardized values; user i is in fold i modulo {@value #FOLDS}
   * @param personas the persona of each user
   * @param centroids the k × d centroids
   * @param columns the features of each column that the discriminants use
   */
  TypingSearch(double[][] users, int[] personas, double[][] centroids, List<int[]> columns) {
    this.users = users;
    this.personas = personas;
    this.centroids = centroids;
    this.columns = columns;
    int k = centroids.length;
    int d = centroids[0].length;
    ClassSums[] ofFold = new ClassSums[FOLDS];
    for (int fold = 0; fold < FOLDS; fold++) {
      ofFold[fold] = new ClassSums(k, d);
      withoutFold[fold] = new ClassSums(k, d);
    }
    for (int i = 0; i < users.length; i++) {
      ofFold[i % FOLDS].add(personas[i], users[i]);
    }
    allUsers = new ClassSums(k, d);
    for (int fold = 0; fold < FOLDS; fold++) {
      allUsers.add(ofFold[fold]);
      for (int other = 0; other < FOLDS; other++) {
        if (other != fold) {
          withoutFold[fold].add(ofFold[other]);
        }
      }
    }
  }

  /** Returns whether all sets of each size are tried. */
  boolean isExhaustive() {
    return columns.size() <= MAX_EXHAUSTIVE;
  }

  /**
   * Returns the best set of each size from 1 on. The search ends with the first set that reaches
   * the target.
   *
   * @param limit the maximum size
   * @param target the share of users, 0..1, that must get their persona
   */
  List<Best> bestOfEachSize(int limit, double target) {
    List<Best> bestSets = new ArrayList<>();
    for (int size = 1; size <= Math.min(limit, columns.size()); size++) {
      Best best = isExhaustive() ? bestOfSize(size) : bestWithOneMore(bestSets);
      bestSets.add(best);
      if (best.right() >= target * users.length) {
        break;
      }
    }
    return bestSets;
  }

  private Best bestOfSize(int size) {
    Best best = null;
    List<Integer> set = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      set.add(i);
    }
    while (set != null) {
      best = better(best, set);
      set = next(set);
    }
    return best;
  }

  /** Returns the next set of the same size in lexicographic order, or null after the last set. */
  private List<Integer> next(List<Integer> set) {
    int size = set.size();
    for (int position = size - 1; position >= 0; position--) {
      if (set.get(position) < columns.size() - size + position) {
        List<Integer> next = new ArrayList<>(set.subList(0, position));
        for (int value = set.get(position) + 1; next.size() < size; value++) {
          next.add(value);
        }
        return next;
      }
    }
    return null;
  }

  private Best bestWithOneMore(List<Best> bestSets) {
    List<Integer> smallerSet =
        bestSets.isEmpty() ? List.of() : bestSets.get(bestSets.size() - 1).columns();
    Best best = null;
    for (int column = 0; column < columns.size(); column++) {
      if (!smallerSet.contains(column)) {
        List<Integer> set = new ArrayList<>(smallerSet);
        set.add(column);
        set.sort(null);
        best = better(best, set);
      }
    }
    return best;
  }

  private Best better(Best best, List<Integer> set) {
    int right = countRight(set);
    return best == null || right > best.right() ? new Best(List.copyOf(set), right) : best;
  }

  /**
   * Returns the number of training users who get their persona from discriminants of the other
   * folds.
   */
  int countRight(List<Integer> set) {
    int[] features = features(set);
    LinearDiscriminants[] ofFold = new LinearDiscriminants[FOLDS];
    for (int fold = 0; fold < FOLDS; fold++) {
      ofFold[fold] = LinearDiscriminants.fit(withoutFold[fold], centroids, features);
    }
    int right = 0;
    for (int i = 0; i < users.length; i++) {
      if (ofFold[i % FOLDS].persona(users[i], features) == personas[i]) {
        right++;
      }
    }
    return right;
  }

  /** Returns the features of a set of columns. */
  int[] features(List<Integer> set) {
    return set.stream()
        .flatMapToInt(column -> java.util.Arrays.stream(columns.get(column)))
        .toArray();
  }

  /** Returns the discriminants of a set of columns, fitted to all training users. */
  LinearDiscriminants fit(List<Integer> set) {
    return LinearDiscriminants.fit(allUsers, centroids, features(set));
  }
}
