package personas.feature.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import personas.math.Hashing;

/**
 * The ids of a shard as bytes, grouped into parts by the first bits of their hashes. An entry is
 * the hash (8 bytes), a number (4), the length of the id (2) and the id in UTF-8. The entries of a
 * part stand in {@link #GROUPS} groups, by the next bits of their hashes. Within a group the
 * entries keep the order of the rows.
 */
public final class IdBlocks {
  /** Groups that the entries of a part are sorted into. */
  public static final int GROUPS = 16;

  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  static final int NUMBER = Long.BYTES;
  static final int LENGTH = NUMBER + Integer.BYTES;
  static final int ID = LENGTH + Short.BYTES;

  private final byte[] bytes;
  private final int[] ends;

  private IdBlocks(byte[] bytes, int[] ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /** Gives the number of a row. */
  public interface RowNumber {
    int of(int row);
  }

  /**
   * Groups the ids of a shard.
   *
   * @param hashes one per row, of the ids
   * @param parts how many parts; a power of two
   * @param number what stands beside each id
   */
  public static IdBlocks of(Shard shard, long[] hashes, int parts, RowNumber number) {
    int groups = parts * GROUPS;
    int[] next = new int[groups + 1];
    for (int row = 0; row < shard.rows(); row++) {
      next[Hashing.firstBits(hashes[row], groups) + 1] += ID + shard.idLength(row);
    }
    for (int group = 1; group <= groups; group++) {
      next[group] += next[group - 1];
    }
    byte[] bytes = new byte[next[groups]];
    for (int row = 0; row < shard.rows(); row++) {
      int group = Hashing.firstBits(hashes[row], groups);
      int at = next[group];
      LONGS.set(bytes, at, hashes[row]);
      INTS.set(bytes, at + NUMBER, number.of(row));
      SHORTS.set(bytes, at + LENGTH, (short) shard.idLength(row));
      next[group] = shard.copyId(row, bytes, at + ID);
    }
    int[] ends = new int[parts];
    for (int part = 0; part < parts; part++) {
      ends[part] = next[(part + 1) * GROUPS - 1];
    }
    return new IdBlocks(bytes, ends);
  }

  /**
   * The group of an entry.
   *
   * @param parts how many parts the ids were cut into
   */
  public static int group(byte[] block, int offset, int parts) {
    return Hashing.firstBits((long) LONGS.get(block, offset), parts * GROUPS) & (GROUPS - 1);
  }

  /** Where the entry behind this one starts. */
  public static int next(byte[] block, int offset) {
    return offset + ID + length(block, offset);
  }

  /** The number that stands beside the id of an entry. */
  public static int number(byte[] block, int offset) {
    return (int) INTS.get(block, offset + NUMBER);
  }

  /** The id of an entry, in UTF-8. */
  public static byte[] id(byte[] block, int offset) {
    int start = offset + ID;
    return Arrays.copyOfRange(block, start, start + length(block, offset));
  }

  /** Takes an entry. */
  public interface EntryConsumer {
    /**
     * Takes an entry.
     *
     * @param block holds it
     * @param offset where it begins
     */
    void accept(byte[] block, int offset);
  }

  /** Goes once through the groups of a piece of a part, in their order. */
  public static final class Cursor {
    private final byte[] ids;
    private final int parts;
    private int at;

    /**
     * A cursor before the first entry.
     *
     * @param ids the entries of one shard in one part
     * @param parts how many parts the ids were cut into
     */
    public Cursor(byte[] ids, int parts) {
      this.ids = ids;
      this.parts = parts;
    }

    /** Takes the entries of the next group, in the order of the rows. */
    public void forEach(int group, EntryConsumer consumer) {
      while (at < ids.length && group(ids, at, parts) == group) {
        consumer.accept(ids, at);
        at = next(ids, at);
      }
    }
  }

  static int length(byte[] block, int offset) {
    return (short) SHORTS.get(block, offset + LENGTH) & 0xFFFF;
  }

  /** All parts, one behind the other. Not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where each part ends. Not a copy. */
  public int[] ends() {
    return ends;
  }
}
