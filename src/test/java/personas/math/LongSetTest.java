package personas.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
  private static final long SEED = 5;

  /** Random values and values that all want the same slot, against the set of the library. */
  @Test
  void isASet() {
    SplitMix64 random = new SplitMix64(SEED);
    for (int expected : new int[] {0, 10, 5_000}) {
      LongSet set = new LongSet(expected);
      Set<Long> reference = new HashSet<>();
      assertTrue(set.isEmpty());
      for (int i = 0; i < 20_000; i++) {
        long value =
            random.nextInt(2) == 0 ? random.nextInt(3_000) : (long) random.nextInt(3_000) << 32;
        assertEquals(reference.add(value), set.add(value), "seed " + SEED + ", value " + value);
        long asked = random.nextInt(4_000);
        assertEquals(reference.contains(asked), set.contains(asked), "seed " + SEED);
      }
      assertFalse(set.isEmpty());
    }
  }

  @Test
  void zeroIsAValue() {
    LongSet set = new LongSet(0);
    assertFalse(set.contains(0));
    assertTrue(set.add(0));
    assertFalse(set.add(0));
    assertTrue(set.contains(0));
    assertFalse(set.isEmpty());
  }
}
