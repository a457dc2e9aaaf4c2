package personas.run.events.measure;

import java.util.Arrays;
import personas.math.Hashing;

/**
 * A hash table with open addressing that numbers different texts from 0 in the order of insertion.
 */
public final class TextIndex {
  private static final int NONE = -1;

  private int[] slots = filled(1 << 10);
  private long[] hashes = new long[1 << 8];
  private int[] ends = new int[1 << 8];
  private byte[] texts = new byte[1 << 12];
  private int size;

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, NONE);
    return slots;
  }

  public int size() {
    return size;
  }

  /** Returns the number of a text; a new text is added. */
  public int add(long hash, byte[] text, int from, int to) {
    int at = slot(hash);
    while (slots[at] != NONE) {
      int number = slots[at];
      if (hashes[number] == hash
          && Arrays.equals(texts, start(number), ends[number], text, from, to)) {
        return number;
      }
      at = (at + 1) & (slots.length - 1);
    }
    slots[at] = size;
    append(hash, text, from, to);
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private int slot(long hash) {
    // All texts of a part share the first bits of their hashes, so the hash is mixed again.
    return (int) Hashing.mix(0, hash) & (slots.length - 1);
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
    }
    hashes[size] = hash;
    ends[size] = end;
    size++;
  }

  private void grow() {
    slots = filled(Math.multiplyExact(2, slots.length));
    for (int number = 0; number < size; number++) {
      int at = slot(hashes[number]);
      while (slots[at] != NONE) {
        at = (at + 1) & (slots.length - 1);
      }
      slots[at] = number;
    }
  }

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

  /** Returns the numbers of all texts, by their hashes as unsigned numbers, then by their bytes. */
  public int[] sorted() {
    long[] keys = new long[size];
    for (int number = 0; number < size; number++) {
      keys[number] = hashes[number] ^ Long.MIN_VALUE;
    }
    Arrays.sort(keys);
    int[] numbers = new int[size];
    for (int first = 0; first < size; ) {
      int end = first + 1;
      while (end < size && keys[end] == keys[first]) {
        end++;
      }
      fill(numbers, first, end, keys[first] ^ Long.MIN_VALUE);
      first = end;
    }
    return numbers;
  }

  /** Adds the numbers of the texts with one hash; there is almost always only one such text. */
  private void fill(int[] numbers, int first, int end, long hash) {
    int found = first;
    for (int at = slot(hash); found < end; at = (at + 1) & (slots.length - 1)) {
      int number = slots[at];
      if (hashes[number] == hash) {
        int place = found++;
        while (place > first && compare(number, numbers[place - 1]) < 0) {
          numbers[place] = numbers[place - 1];
          place--;
        }
        numbers[place] = number;
      }
    }
  }

  private int compare(int left, int right) {
    return Arrays.compareUnsigned(texts, start(left), end(left), texts, start(right), end(right));
  }

  /** Returns the number of bytes in memory. */
  public long bytes() {
    return texts.length
        + (long) Integer.BYTES * (slots.length + ends.length)
        + (long) Long.BYTES * hashes.length;
  }
}
