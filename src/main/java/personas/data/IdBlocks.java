package personas.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import personas.math.Hashing;

/**
 * The ids of a shard as bytes, grouped into parts by the first bits of their hashes. An entry is
 * the hash (8 bytes), a number (4), the length of the id (2) and the id in UTF-8. Within a part the
 * entries keep the order of the rows.
 */
public final class IdBlocks {
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
    int[] ends = new int[parts];
    for (int row = 0; row < shard.rows(); row++) {
      ends[Hashing.firstBits(hashes[row], parts)] += ID + shard.idLength(row);
    }
    int[] next = new int[parts];
    for (int part = 1; part < parts; part++) {
      next[part] = ends[part - 1];
      ends[part] += ends[part - 1];
    }
    byte[] bytes = new byte[ends[parts - 1]];
    for (int row = 0; row < shard.rows(); row++) {
      int part = Hashing.firstBits(hashes[row], parts);
      int at = next[part];
      LONGS.set(bytes, at, hashes[row]);
      INTS.set(bytes, at + NUMBER, number.of(row));
      SHORTS.set(bytes, at + LENGTH, (short) shard.idLength(row));
      next[part] = shard.copyId(row, bytes, at + ID);
    }
    return new IdBlocks(bytes, ends);
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
