package personas.report.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import personas.report.data.Axis;

/** Checks that small counts are hidden and do not follow from a total. */
class SmallGroupsTest {
  private final SmallGroups small = new SmallGroups(5);

  @Test
  void aSecondCountIsHiddenBesideASingleOne() {
    assertArrayEquals(
        new boolean[] {false, true, true, false}, small.hidden(new long[] {100, 4, 7, 0}));
    assertArrayEquals(new boolean[] {true, true, false}, small.hidden(new long[] {4, 3, 9}));
    assertArrayEquals(new boolean[] {false, false}, small.hidden(new long[] {5, 0}));
  }

  @Test
  void noCellOfATableFollowsFromTotals() {
    SplittableRandom random = new SplittableRandom(3);
    for (int trial = 0; trial < 1000; trial++) {
      long[][] table = new long[4][5];
      for (long[] row : table) {
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextInt(3) == 0 ? random.nextInt(8) : 20;
        }
      }
      boolean[][] hidden = small.hidden(table);
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 5; j++) {
          assertTrue(hidden[i][j] || !small.isSmall(table[i][j]));
        }
        assertProtected(table[i], hidden[i]);
      }
      for (int j = 0; j < 5; j++) {
        long[] column = new long[4];
        boolean[] hides = new boolean[4];
        for (int i = 0; i < 4; i++) {
          column[i] = table[i][j];
          hides[i] = hidden[i][j];
        }
        assertProtected(column, hides);
      }
    }
  }

  private static void assertProtected(long[] counts, boolean[] hides) {
    int cells = 0;
    long users = 0;
    boolean hasShown = false;
    for (int i = 0; i < counts.length; i++) {
      cells += hides[i] ? 1 : 0;
      users += hides[i] ? counts[i] : 0;
      hasShown |= !hides[i] && counts[i] > 0;
    }
    assertTrue(cells == 0 || !hasShown || (cells > 1 && users >= 5));
  }

  @Test
  void aMaskKeepsTheForm() {
    assertEquals("$9,999", TextMask.of("$1,200"));
    assertEquals("x-99,<x>x/x</x>,99", TextMask.of("u-17,<b>n/a</b>,30"));
    assertEquals("9".repeat(60) + "…", TextMask.of("1".repeat(70)));
  }

  @Test
  void aSingleValueLiesInTheMiddleOfACell() {
    Axis axis = Axis.linear(0, 64);
    double[] sorted = {0, 3, 3, 3, 3, 3, 17, 64};
    double cell = (axis.max() - axis.min()) / 64;
    ValueGrid grid = new ValueGrid(axis, sorted, 5);
    assertEquals(3.0, grid.valueToShow(3.0));
    double middle = (grid.valueToShow(17.0) - axis.min()) / cell;
    assertEquals(0.5, middle - Math.floor(middle), 1e-9);
    assertEquals(17, grid.valueToShow(17.0), cell / 2);
    assertEquals(17.0, new ValueGrid(axis, sorted, 0).valueToShow(17.0));
  }

  @Test
  void theEndsOfFewValuesDoNotRemain() {
    String[] remaining = {"", "", "", "", "", "3", "3 4", "4", "4 5", "5", "5 6", "5 6 7"};
    for (int n = 0; n < remaining.length; n++) {
      double[] sorted = IntStream.rangeClosed(1, n).asDoubleStream().toArray();
      String found =
          Arrays.stream(new SmallGroups(5).trimmed(sorted))
              .mapToObj(value -> String.valueOf((int) value))
              .collect(Collectors.joining(" "));
      assertEquals(remaining[n], found, n + " values");
    }
  }
}
