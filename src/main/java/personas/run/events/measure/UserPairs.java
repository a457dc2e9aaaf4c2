package personas.run.events.measure;

import java.util.Arrays;
import personas.math.Hashing;

/**
 * A set of pairs of a user and a number, such as the number of a text or of a day. The set is a
 * hash table with open addressing.
 */
final class UserPairs {
  private static final long EMPTY = -1;

  private long[] slots = filled(1 << 10);
  private int size;
  private long[] sorted = {};
  private int[] starts = {0};

  private static long[] filled(int length) {
    long[] slots = new long[length];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  /** Adds a pair and returns whether the pair is new. */
  boolean add(int user, int number) {
    // The number of a user is not negative, so a pair never equals EMPTY.
    boolean isNew = insert(((long) user << 32) | Integer.toUnsignedLong(number));
    if (isNew && 2 * ++size > slots.length) {
      long[] pairs = slots;
      slots = filled(Math.multiplyExact(2, pairs.length));
      for (long pair : pairs) {
        if (pair != EMPTY) {
          insert(pair);
        }
      }
    }
    return isNew;
  }

  private boolean insert(long pair) {
    int at = (int) Hashing.mix(0, pair) & (slots.length - 1);
    while (slots[at] != EMPTY && slots[at] != pair) {
      at = (at + 1) & (slots.length - 1);
    }
    boolean isNew = slots[at] == EMPTY;
    slots[at] = pair;
    return isNew;
  }

  /**
   * Sorts the pairs by users. Call this method before {@link #start} and {@link #number}.
   *
   * @param users the number of users
   */
  void sort(int users) {
    sorted = new long[size];
    int count = 0;
    for (long pair : slots) {
      if (pair != EMPTY) {
        sorted[count++] = pair;
      }
    }
    Arrays.sort(sorted);
    starts = new int[users + 1];
    int at = 0;
    for (int user = 0; user <= users; user++) {
      while (at < size && (int) (sorted[at] >>> 32) < user) {
        at++;
      }
      starts[user] = at;
    }
  }

  /** Returns the index of the first pair of a user among the sorted pairs. */
  int start(int user) {
    return starts[user];
  }

  /** Returns the number of the sorted pair at an index. */
  int number(int index) {
    return (int) sorted[index];
  }

  /** Returns the size of the hash table in memory. */
  long bytes() {
    return (long) Long.BYTES * slots.length;
  }
}
