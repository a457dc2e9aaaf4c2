package personas.export.typing;

import java.util.ArrayList;
import java.util.List;

/**
 * Which columns type users best. Each set of columns is measured by cross-validation over the
 * training users. With up to {@value #MOST_EXHAUSTIVE} columns all sets of a size are tried; with
 * more, forward selection adds to the best set the column that gains most. Of equally good sets the
 * one whose columns come first counts.
 */
final class TypingSearch {
  /** With more columns than this, not every set is tried. */
  static final int MOST_EXHAUSTIVE = 12;

  static final int FOLDS = 5;

  private final double[][] users;
  private final int[] personas;
  private final double[][] centroids;
  private final List<int[]> columns;
  private final ClassSums[] withoutFold = new ClassSums[FOLDS];
  private final ClassSums all;

  /**
   * The best set of a size.
   *
   * @param columns places of its columns, ascending
   * @param right training users whom the tool gives their persona in cross-validation
   */
  record Best(List<Integer> columns, int right) {}

  /**
   * Prepares the search.
   *
   * @param users n rows of d standardized values; user i is in fold i modulo {@value #FOLDS}
   * @param personas the persona of each user
   * @param centroids k × d
   * @param columns the features of each column that the discriminants look at
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
    all = new ClassSums(k, d);
    for (int fold = 0; fold < FOLDS; fold++) {
      all.add(ofFold[fold]);
      for (int other = 0; other < FOLDS; other++) {
        if (other != fold) {
          withoutFold[fold].add(ofFold[other]);
        }
      }
    }
  }

  /** Whether all sets of each size are tried. */
  boolean isExhaustive() {
    return columns.size() <= MOST_EXHAUSTIVE;
  }

  /**
   * The best set of each size from 1 on. The last one is the first that reaches the target, if one
   * does.
   *
   * @param limit the largest size
   * @param target the share of users, 0..1, that is enough
   */
  List<Best> bestOfEachSize(int limit, double target) {
    List<Best> found = new ArrayList<>();
    for (int size = 1; size <= Math.min(limit, columns.size()); size++) {
      Best best = isExhaustive() ? bestOfSize(size) : bestWithOneMore(found);
      found.add(best);
      if (best.right() >= target * users.length) {
        break;
      }
    }
    return found;
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

  /** The next set of the same size in lexicographic order; null after the last. */
  private List<Integer> next(List<Integer> set) {
    int size = set.size();
    for (int place = size - 1; place >= 0; place--) {
      if (set.get(place) < columns.size() - size + place) {
        List<Integer> next = new ArrayList<>(set.subList(0, place));
        for (int value = set.get(place) + 1; next.size() < size; value++) {
          next.add(value);
        }
        return next;
      }
    }
    return null;
  }

  private Best bestWithOneMore(List<Best> found) {
    List<Integer> before = found.isEmpty() ? List.of() : found.get(found.size() - 1).columns();
    Best best = null;
    for (int column = 0; column < columns.size(); column++) {
      if (!before.contains(column)) {
        List<Integer> set = new ArrayList<>(before);
        set.add(column);
        set.sort(null);
        best = better(best, set);
      }
    }
    return best;
  }

  private Best better(Best best, List<Integer> set) {
    int right = right(set);
    return best == null || right > best.right() ? new Best(List.copyOf(set), right) : best;
  }

  /** The training users who get their persona from discriminants of the other folds. */
  int right(List<Integer> set) {
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

  /** The features of a set of columns. */
  int[] features(List<Integer> set) {
    return set.stream()
        .flatMapToInt(column -> java.util.Arrays.stream(columns.get(column)))
        .toArray();
  }

  /** The discriminants of a set, from all training users. */
  LinearDiscriminants fit(List<Integer> set) {
    return LinearDiscriminants.fit(all, centroids, features(set));
  }
}
