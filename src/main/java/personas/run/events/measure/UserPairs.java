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
   * Sorts the pairs by users. Call this method before {@link #start} and {@link #number}.
   *
   * @param users the number of users
   */
  void sort(int users) {
    sorted = pairs.toArray();
    Arrays.sort(sorted);
    starts = new int[users + 1];
    int at = 0;
    for (int user = 0; user <= users; user++) {
      while (at < sorted.length && (int) (sorted[at] >>> 32) < user) {
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
    return (long) Long.BYTES * pairs.keys.length;
  }
}
