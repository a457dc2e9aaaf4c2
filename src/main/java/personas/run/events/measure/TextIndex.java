package personas.run.events.measure;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.Arrays;

/** A hash table that numbers distinct texts from 0 in the order of insertion. */
public final class TextIndex {
  private static final int NONE = -1;

  /** Hash → the number of the first text with the hash. */
  private final LongIntHashMap firsts = new LongIntHashMap();

  /** The number of the next text with the same hash, or {@link #NONE}. */
  private int[] nexts = new int[1 << 8];

  private long[] hashes = new long[1 << 8];
  private int[] ends = new int[1 << 8];
  private byte[] texts = new byte[1 << 12];
  private int size;

  /** Returns how many texts the table holds. */
  public int size() {
    return size;
  }

  /** Returns the number of a text, which is added if the table does not hold it yet. */
  public int add(long hash, byte[] text, int from, int to) {
    int slot = firsts.indexOf(hash);
    if (firsts.indexExists(slot)) {
      int last = NONE;
      for (int number = firsts.indexGet(slot); number != NONE; number = nexts[number]) {
        if (Arrays.equals(texts, start(number), ends[number], text, from, to)) {
          return number;
        }
        last = number;
      }
      nexts[last] = size;
    } else {
      firsts.indexInsert(slot, hash, size);
    }
    append(hash, text, from, to);
    return size - 1;
  }

  private void append(long hash, byte[] text, int from, int to) {
    int start = size == 0 ? 0 : ends[size - 1];
    int end = Math.addExact(start, to - from);
    if (end > texts.length) {
      texts =
          Arrays.copyOf(
              texts, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, 2L * texts.length)));
    }
    System.arraycopy(text, from, texts, start, to - from);
    if (size == ends.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      nexts = Arrays.copyOf(nexts, 2 * size);
    }
    hashes[size] = hash;
    nexts[size] = NONE;
    ends[size] = end;
    size++;
  }

  /** Returns the hash with which a text was added. */
  public long hash(int number) {
    return hashes[number];
  }

  /** Returns the bytes of all texts, without copying them. */
  public byte[] texts() {
    return texts;
  }

  /** Returns the index of the first byte of a text in {@link #texts}. */
  public int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  /** Returns the index after the last byte of a text in {@link #texts}. */
  public int end(int number) {
    return ends[number];
  }

  /**
   * Returns the numbers of all texts, sorted by their hashes as unsigned integers. Texts with the
   * same hash are sorted by their bytes.
   */
  public int[] sorted() {
    long[] keys = firsts.keys().toArray();
    for (int i = 0; i < keys.length; i++) {
      keys[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    int[] numbers = new int[size];
    int filled = 0;
    for (long key : keys) {
      filled = fill(numbers, filled, key ^ Long.MIN_VALUE);
    }
    return numbers;
  }

  /**
   * Appends the numbers of the texts with one hash, sorted by the bytes of the texts. There is
   * almost always only one such text, so an insertion sort is fast enough.
   *
   * @param first the number of filled elements before
   * @return the number of filled elements after
   */
  private int fill(int[] numbers, int first, long hash) {
    int filled = first;
    for (int number = firsts.get(hash); number != NONE; number = nexts[number]) {
      int index = filled++;
      while (index > first && compare(number, numbers[index - 1]) < 0) {
        numbers[index] = numbers[index - 1];
        index--;
      }
      numbers[index] = number;
    }
    return filled;
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(texts, start(left), end(left), texts, start(right), end(right));
  }

  /** Returns the number of bytes in memory. */
  public long bytes() {
    return texts.length
        + (long) Integer.BYTES * (firsts.values.length + nexts.length + ends.length)
        + (long) Long.BYTES * firsts.keys.length
        + (long) Long.BYTES * hashes.length;
  }
}
