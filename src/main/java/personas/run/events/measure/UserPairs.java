package personas.run.events.measure;

import com.carrotsearch.hppc.LongHashSet;
import java.util.Arrays;

/** A set of pairs of a user and a number, such as the number of a text or of a day. */
final class UserPairs {
  private final LongHashSet pairs = new LongHashSet();
  private long[] sorted = {};
  private int[] starts = {0};

  /** Adds a pair and returns whether the pair is new. */
  boolean add(int user, int number) {
    return pairs.add(((long) user << 32) | Integer.toUnsignedLong(number));
  }

  /**
   * Sorts the pairs by user. Callers call this method before {@link #start} and {@link #number}.
   *
   * @param users the number of users
   */
  void sort(int users) {
    sorted = pairs.toArray();
    Arrays.sort(sorted);
    starts = new int[users + 1];
    int index = 0;
    for (int user = 0; user <= users; user++) {
      while (index < sorted.length && (int) (sorted[index] >>> 32) < user) {
        index++;
      }
      starts[user] = index;
    }
  }

  /** Returns the index of the first pair of a user among the sorted pairs. */
  int start(int user) {
    return starts[user];
  }

  /** Returns the number in the sorted pair at an index. */
  int number(int index) {
    return (int) sorted[index];
  }

  /** Returns the approximate number of bytes in memory. */
  long bytes() {
    return (long) Long.BYTES * pairs.keys.length;
  }
}
