package personas.export.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks that the search finds the best set of each size. */
class TypingSearchTest {
  private static final int USERS = 600;
  private static final int PERSONAS = 4;

  /** Columns 1 and 4 decide the persona; the others are noise. */
  private static TypingSearch planted(int columns) {
    SplittableRandom random = new SplittableRandom(columns);
    double[][] users = new double[USERS][columns];
    int[] personas = new int[USERS];
    for (int i = 0; i < USERS; i++) {
      for (int f = 0; f < columns; f++) {
        users[i][f] = random.nextDouble() * 2 - 1;
      }
      personas[i] = (users[i][1] > 0 ? 1 : 0) + (users[i][4] > 0 ? 2 : 0);
    }
    List<int[]> own = new ArrayList<>();
    for (int f = 0; f < columns; f++) {
      own.add(new int[] {f});
    }
    return new TypingSearch(users, personas, new double[PERSONAS][columns], own);
  }

  /** The sets of a size as the bits of numbers, which is another order than that of the search. */
  private static TypingSearch.Best bruteForce(TypingSearch search, int columns, int size) {
    TypingSearch.Best best = null;
    for (int bits = 0; bits < 1 << columns; bits++) {
      if (Integer.bitCount(bits) == size) {
        int mask = bits;
        List<Integer> set =
            IntStream.range(0, columns).filter(c -> (mask >> c & 1) == 1).boxed().toList();
        int right = search.countRight(set);
        if (best == null
            || right > best.right()
            || (right == best.right() && comesFirst(set, best.columns()))) {
          best = new TypingSearch.Best(set, right);
        }
      }
    }
    return best;
  }

  private static boolean comesFirst(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i) < other.get(i);
      }
    }
    return false;
  }

  @Test
  void theExhaustiveSearchEqualsBruteForce() {
    TypingSearch search = planted(6);
    assertTrue(search.isExhaustive());
    // No set is right for more than all users, so every size is tried.
    List<TypingSearch.Best> found = search.bestOfEachSize(6, 1.1);
    assertEquals(6, found.size());
    for (int size = 1; size <= 6; size++) {
      assertEquals(bruteForce(search, 6, size), found.get(size - 1), "size " + size);
    }
    assertEquals(List.of(1, 4), found.get(1).columns());
  }

  @Test
  void theSearchStopsAtTheFirstSizeThatReachesTheTarget() {
    List<TypingSearch.Best> found = planted(6).bestOfEachSize(6, 0.9);
    assertEquals(2, found.size());
    assertTrue(found.get(0).right() < 0.9 * USERS, found.toString());
    assertTrue(found.get(1).right() >= 0.9 * USERS, found.toString());
  }

  @Test
  void withMoreThanTwelveColumnsEachSizeAddsTheBestColumn() {
    TypingSearch search = planted(13);
    assertFalse(search.isExhaustive());
    List<TypingSearch.Best> found = search.bestOfEachSize(3, 1.1);
    List<Integer> before = List.of();
    for (TypingSearch.Best best : found) {
      List<Integer> kept = before;
      int most =
          IntStream.range(0, 13)
              .filter(column -> !kept.contains(column))
              .map(column -> search.countRight(plus(kept, column)))
              .max()
              .getAsInt();
      assertTrue(best.columns().containsAll(before), found.toString());
      assertEquals(most, best.right());
      before = best.columns();
    }
    assertEquals(List.of(1, 4), found.get(1).columns());
  }

  private static List<Integer> plus(List<Integer> set, int column) {
    List<Integer> more = new ArrayList<>(set);
    more.add(column);
    return more.stream().sorted().toList();
  }

  /** Of two columns with the same values the first one counts. */
  @Test
  void aTieGoesToTheFirstColumn() {
    double[][] users = new double[40][2];
    int[] personas = new int[40];
    for (int i = 0; i < 40; i++) {
      personas[i] = i / 5 % 2;
      users[i] = new double[] {personas[i], personas[i]};
    }
    TypingSearch search =
        new TypingSearch(users, personas, new double[2][2], List.of(new int[] {0}, new int[] {1}));
    assertEquals(List.of(0), search.bestOfEachSize(1, 1).get(0).columns());
  }
}
