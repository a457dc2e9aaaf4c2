package personas.feature.shard;

import java.util.Arrays;

/**
 * An index of ids that lie in blocks of {@link IdBlocks}: which of them is equal to a given one.
 * Exact: equal hashes are followed by a comparison of the ids. Open addressing; about 24 bytes per
 * id beside the blocks.
 */
public final class IdIndex {
  private static final int FREE = -1;
  private static final int MIN_ROOM = 1 << 10;

  /** A slot holds the upper half of a hash above the place of its id, which saves looking there. */
  private static final long FREE_SLOT = -1;

  private byte[][] blocks = new byte[16][];
  private int blockCount;
  private int[] blockOf = new int[MIN_ROOM];
  private int[] offsets = new int[MIN_ROOM];
  private long[] slots = emptySlots(MIN_ROOM);
  private int size;

  /** Removes all ids. */
  public void clear() {
    blockCount = 0;
    size = 0;
    Arrays.fill(slots, FREE_SLOT);
  }

  private static long[] emptySlots(int room) {
    long[] slots = new long[Integer.highestOneBit(room) * 4];
    Arrays.fill(slots, FREE_SLOT);
    return slots;
  }

  /**
   * Adds an id unless it is there.
   *
   * @return the place of the id, counted from 0; {@code -1 - place} if it was there before
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

  /** The place of an id; -1 if it is not there. */
  public int find(byte[] block, int offset) {
    long slot = slots[slot(block, offset)];
    return slot == FREE_SLOT ? FREE : (int) slot;
  }

  /** The id at a place, in UTF-8. */
  public byte[] id(int place) {
    return IdBlocks.id(blocks[blockOf[place]], offsets[place]);
  }

  /** How many different ids were added. */
  public int size() {
    return size;
  }

  private void grow() {
    int room = 2 * size;
    blockOf = Arrays.copyOf(blockOf, room);
    offsets = Arrays.copyOf(offsets, room);
    slots = emptySlots(room);
    for (int place = 0; place < size; place++) {
      byte[] block = blocks[blockOf[place]];
      slots[slot(block, offsets[place])] = entry(hash(block, offsets[place]), place);
    }
  }

  private static long hash(byte[] block, int offset) {
    return (long) IdBlocks.LONGS.get(block, offset);
  }

  private static long entry(long hash, int place) {
    return (hash & 0x7FFFFFFF_00000000L) | place;
  }

  /** The slot of an id: its own, or the free one where it would go. */
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

  private boolean isEqual(int place, long hash, byte[] block, int offset) {
    byte[] own = blocks[blockOf[place]];
    int at = offsets[place];
    int length = IdBlocks.length(block, offset);
    return (long) IdBlocks.LONGS.get(own, at) == hash
        && IdBlocks.length(own, at) == length
        && Arrays.equals(
            own,
            at + IdBlocks.ID,
            at + IdBlocks.ID + length,
            block,
            offset + IdBlocks.ID,
            offset + IdBlocks.ID + length);
  }
}
