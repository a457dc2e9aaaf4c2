package personas.feature.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import personas.feature.FrequentLevels;

/** Checks counts of levels, and the rule that chooses levels. */
class LevelCountsTest {
  @Test
  void countsAreExactAndWeightZeroIsNobody() {
    LevelCounts counts = new LevelCounts(2);
    counts.add(0, "a", 3);
    counts.add(0, "a", Integer.MAX_VALUE);
    counts.add(0, "b", 0);
    counts.add(1, "b", 1);
    counts.add(1, "two\nlines", 5);
    assertEquals(Map.of("a", Integer.MAX_VALUE + 3L), counts.levels(0));
    assertEquals(Map.of("b", 1L), counts.levels(1));
    assertEquals(6, counts.users(1), "a value that cannot be a level has users too");
  }

  /** The set of values decides, wherever the limit is passed and whatever comes first. */
  @Test
  void tooManyLevelsAreTooManyInAnyOrder() {
    int half = LevelCounts.MAX_LEVELS / 2;
    LevelCounts low = range(0, half);
    LevelCounts high = range(half, 2 * half);
    LevelCounts both = new LevelCounts(1);
    both.merge(high);
    both.merge(low);
    assertFalse(both.hasTooManyLevels(0));
    assertEquals(LevelCounts.MAX_LEVELS, both.levels(0).size());
    LevelCounts one = range(2 * half, 2 * half + 1);
    LevelCounts last = new LevelCounts(1);
    last.merge(both);
    last.merge(one);
    LevelCounts first = new LevelCounts(1);
    first.merge(one);
    first.merge(high);
    first.merge(low);
    assertTrue(last.hasTooManyLevels(0));
    assertEquals(last, first);
    assertEquals(last, range(0, 2 * half + 1));
    assertEquals(List.of("v100000", "v100001", "v100002"), last.examples(0));
    assertEquals(2L * half + 1, last.users(0));
    LevelCounts more = new LevelCounts(1);
    more.add(0, "a", 1);
    more.merge(last);
    assertEquals(List.of("a", "v100000", "v100001"), more.examples(0));
  }

  private static LevelCounts range(int from, int to) {
    LevelCounts counts = new LevelCounts(1);
    for (int i = from; i < to; i++) {
      counts.add(0, "v" + (100_000 + i), 1);
    }
    return counts;
  }

  @Test
  void theMostFrequentLevelsAreChosenAndTiesAreInOrder() {
    Map<String, Long> users = new TreeMap<>();
    users.put("rare", 1L);
    users.put("b", 7L);
    users.put("a", 7L);
    users.put("most", 9L);
    users.put("x".repeat(201), 100L);
    users.put("zero\u200bwidth", 100L);
    users.put("\uffff", 100L);
    assertEquals(List.of("most", "a", "b"), FrequentLevels.of(users, 3));
    assertEquals(List.of("most", "a", "b", "rare"), FrequentLevels.of(users, 12));
  }
}
