package personas.feature.shard;

import java.util.Arrays;

/**
 * A hash table of ids in blocks of {@link IdBlocks}. The table is exact: if hashes are equal, the
 * ids are compared. It uses open addressing. A full table takes 40 bytes per id in addition to the
 * blocks, and a table that has just grown takes 80 bytes per id. The table numbers the ids from 0
 * in the order in which they are added.
 *
 * <p>Tables of fastutil and HPPC that map hashes to numbers of ids took 20% to 44% longer for a
 * million ids in groups of 39,000, because they store hashes and numbers in two arrays.
 */
public final class IdIndex {
  private static final int NOT_FOUND = -1;
  private static final int MIN_CAPACITY = 1 << 10;

  /** The value of a slot without an id. */
  private static final long FREE_SLOT = -1;

  private byte[][] blocks = new byte[16][];
  private int blockCount;
  private int[] blockOf = new int[MIN_CAPACITY];
  private int[] offsets = new int[MIN_CAPACITY];

  /**
   * A slot holds the upper half of a hash without its sign, and the number of the id. So most
   * comparisons need no access to the block.
   */
  private long[] slots = emptySlots(MIN_CAPACITY);

  private int size;

  /** Removes all ids. */
  public void clear() {
    blockCount = 0;
    size = 0;
    Arrays.fill(slots, FREE_SLOT);
  }

  private static long[] emptySlots(int capacity) {
    long[] slots = new long[Integer.highestOneBit(capacity) * 4];
    Arrays.fill(slots, FREE_SLOT);
    return slots;
  }

  /**
   * Adds an id, unless the table has it.
   *
   * @return the number of the id; {@code -1 - number} if the table already had the id
   */
  public int add(byte[] block, int offset) {
    int slot = slot(block, offset);
    if (slots[slot] != FREE_SLOT) {
      return -1 - (int) slots[slot];
    }
    if (size == offsets.length) {
      grow();
      slot = slot(block, offset);
    }
    if (blockCount == 0 || blocks[blockCount - 1] != block) {
      if (blockCount == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * blockCount);
      }
      blocks[blockCount++] = block;
    }
    blockOf[size] = blockCount - 1;
    offsets[size] = offset;
    slots[slot] = entry(hash(block, offset), size);
    return size++;
  }

  /** Returns the number of an id, or -1 if the table does not have the id. */
  public int find(byte[] block, int offset) {
    long slot = slots[slot(block, offset)];
    return slot == FREE_SLOT ? NOT_FOUND : (int) slot;
  }

  /** Returns the UTF-8 bytes of the id with a number. */
  public byte[] id(int number) {
    return IdBlocks.id(blocks[blockOf[number]], offsets[number]);
  }

  /** Returns the number of distinct ids. */
  public int size() {
    return size;
  }

  private void grow() {
    int capacity = 2 * size;
    blockOf = Arrays.copyOf(blockOf, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    slots = emptySlots(capacity);
    for (int number = 0; number < size; number++) {
      byte[] block = blocks[blockOf[number]];
      slots[slot(block, offsets[number])] = entry(hash(block, offsets[number]), number);
    }
  }

  private static long hash(byte[] block, int offset) {
    return (long) IdBlocks.LONGS.get(block, offset);
  }

  /** Returns the value of the slot of an id. */
  private static long entry(long hash, int number) {
    return (hash & 0x7FFFFFFF_00000000L) | number;
  }

  /** Returns the slot that holds an id, or the free slot for the id. */
  private int slot(byte[] block, int offset) {
    long hash = hash(block, offset);
    long head = entry(hash, 0);
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    while (slots[slot] != FREE_SLOT
        && ((slots[slot] & 0xFFFFFFFF_00000000L) != head
            || !isEqual((int) slots[slot], hash, block, offset))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isEqual(int number, long hash, byte[] block, int offset) {
    byte[] tableBlock = blocks[blockOf[number]];
    int tableOffset = offsets[number];
    int length = IdBlocks.length(block, offset);
    return (long) IdBlocks.LONGS.get(tableBlock, tableOffset) == hash
        && IdBlocks.length(tableBlock, tableOffset) == length
        && Arrays.equals(
            tableBlock,
            tableOffset + IdBlocks.ID_OFFSET,
            tableOffset + IdBlocks.ID_OFFSET + length,
            block,
            offset + IdBlocks.ID_OFFSET,
            offset + IdBlocks.ID_OFFSET + length);
  }
}
