package personas.math;

/**
 * A set of numbers that are hashes already: open addressing with linear probing, in one array that
 * grows. Holds far more in the same memory than a set of objects.
 */
public final class LongSet {

  private static final int MOST_SLOTS = 1 << 30;

  private long[] slots;
  private int size;
  private boolean hasZero;

  /**
   * An empty set.
   *
   * @param expected how many values it will hold, about
   */
  public LongSet(long expected) {
    int capacity = 16;
    while (capacity < 2 * expected && capacity < MOST_SLOTS) {
      capacity *= 2;
    }
    slots = new long[capacity];
  }

  /** Adds a value; false where it is there already. */
  public boolean add(long value) {
    if (value == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      return isNew;
    }
    int at = find(value);
    if (slots[at] == value) {
      return false;
    }
    slots[at] = value;
    size++;
    if (4L * size > 3L * slots.length) {
      grow();
    }
    return true;
  }

  public boolean contains(long value) {
    return value == 0 ? hasZero : slots[find(value)] == value;
  }

  public boolean isEmpty() {
    return size == 0 && !hasZero;
  }

  /** Where the value is, or the free slot where it would be. */
  private int find(long value) {
    int mask = slots.length - 1;
    int at = (int) value & mask;
    while (slots[at] != 0 && slots[at] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    if (slots.length >= MOST_SLOTS) {
      throw new IllegalStateException("more than " + size + " values");
    }
    long[] old = slots;
    slots = new long[2 * old.length];
    for (long value : old) {
      if (value != 0) {
        slots[find(value)] = value;
      }
    }
  }
}
