package personas.feature.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import personas.math.Hashing;

/**
 * The ids of a shard as bytes, grouped into parts by the first bits of their hashes. An entry holds
 * the hash of the id (8 bytes), a number (4 bytes), the length of the id (2 bytes) and the id in
 * UTF-8. The next bits of the hashes divide the entries of a part into {@link #GROUPS} groups.
 * Within a group, entries are in the order of the rows.
 */
public final class IdBlocks {
  /** The number of groups in a part. */
  public static final int GROUPS = 16;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static final int NUMBER_OFFSET = Long.BYTES;
  static final int LENGTH_OFFSET = NUMBER_OFFSET + Integer.BYTES;
  static final int ID_OFFSET = LENGTH_OFFSET + Short.BYTES;

  private final byte[] bytes;
  private final int[] ends;

  private IdBlocks(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Gives the number to store with the id of a row. */
  public interface RowNumber {
    /** Returns the number of a row. */
    int of(int row);
  }

  /**
   * Returns the ids of a shard, grouped.
   *
   * @param hashes the hash of each row's id
   * @param parts the number of parts, a power of two
   * @param number returns the number to store with each id
   */
  public static IdBlocks of(Shard shard, long[] hashes, int parts, RowNumber number) {
    int groups = parts * GROUPS;
    int[] nextOffsets = new int[groups + 1];
    for (int row = 0; row < shard.rows(); row++) {
      nextOffsets[Hashing.firstBits(hashes[row], groups) + 1] += ID_OFFSET + shard.idLength(row);
    }
    for (int group = 1; group <= groups; group++) {
      nextOffsets[group] += nextOffsets[group - 1];
    }
    byte[] bytes = new byte[nextOffsets[groups]];
    for (int row = 0; row < shard.rows(); row++) {
      int group = Hashing.firstBits(hashes[row], groups);
      int offset = nextOffsets[group];
      LONGS.set(bytes, offset, hashes[row]);
      INTS.set(bytes, offset + NUMBER_OFFSET, number.of(row));
      SHORTS.set(bytes, offset + LENGTH_OFFSET, (short) shard.idLength(row));
      nextOffsets[group] = shard.copyId(row, bytes, offset + ID_OFFSET);
    }
    int[] ends = new int[parts];
    for (int part = 0; part < parts; part++) {
      ends[part] = nextOffsets[(part + 1) * GROUPS - 1];
    }
    return new IdBlocks(bytes, ends);
  }

  /**
   * Returns the group of an entry within its part.
   *
   * @param parts the number of parts
   */
  public static int group(byte[] block, int offset, int parts) {
    return Hashing.firstBits((long) LONGS.get(block, offset), parts * GROUPS) & (GROUPS - 1);
  }

  /** Returns the offset of the entry after an entry. */
  public static int next(byte[] block, int offset) {
    return offset + ID_OFFSET + length(block, offset);
  }

  /** Returns the number that is stored with the id of an entry. */
  public static int number(byte[] block, int offset) {
    return (int) INTS.get(block, offset + NUMBER_OFFSET);
  }

  /** Returns the id of an entry in UTF-8. */
  public static byte[] id(byte[] block, int offset) {
    int start = offset + ID_OFFSET;
    return Arrays.copyOfRange(block, start, start + length(block, offset));
  }

  /** Receives entries. */
  public interface EntryConsumer {
    /**
     * Receives an entry.
     *
     * @param block the bytes that hold the entry
     * @param offset the offset of the entry
     */
    void accept(byte[] block, int offset);
  }

  /** Iterates once over the groups of a block in order. */
  public static final class Cursor {
    private final byte[] ids;
    private final int parts;
    private int offset;

    /**
     * Creates a cursor before the first entry.
     *
     * @param ids the entries of one shard in one part
     * @param parts the number of parts
     */
    public Cursor(byte[] ids, int parts) {
      this.ids = ids;
      this.parts = parts;
    }

    /** Passes the entries of the next group to a consumer, in the order of the rows. */
    public void forEach(int group, EntryConsumer consumer) {
      while (offset < ids.length && group(ids, offset, parts) == group) {
        consumer.accept(ids, offset);
        offset = next(ids, offset);
      }
    }
  }

  /** Returns the length of the id of an entry in UTF-8. */
  static int length(byte[] block, int offset) {
    return (short) SHORTS.get(block, offset + LENGTH_OFFSET) & 0xFFFF;
  }

  /** Returns the bytes of all parts in order, without copying them. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the end of each part, without copying the array. */
  public int[] ends() {
    return ends;
  }
}
