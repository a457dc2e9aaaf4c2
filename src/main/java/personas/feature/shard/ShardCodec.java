package personas.feature.shard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The file format of a shard. A file has three parts, each followed by a CRC-32C checksum: a head,
 * the numbers by column, and the text. Numbers are little-endian. The passes only read the head and
 * the numbers. Numbers are written in chunks, and the first byte of a chunk is the size of each
 * number: 2 or 4 bytes for whole numbers, such as usage counts, and 8 bytes for doubles. If rows
 * have weights, the head has another magic number, and the part of the numbers ends with four bytes
 * for each row.
 */
public final class ShardCodec {
  /** The letters "PSH2"; the digit is the version. */
  private static final int MAGIC = 0x32485350;

  /** The letters "PSW2", for rows with weights. */
  private static final int WEIGHTED_MAGIC = 0x32575350;

  private static final int HEAD_BYTES = 4 * Integer.BYTES;
  private static final int CHUNK_VALUES = 1 << 13;
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private ShardCodec() {}

  /** Writes a shard. The caller closes the stream. */
  public static void write(Shard shard, OutputStream out) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] head = new byte[HEAD_BYTES];
    littleEndian(head)
        .putInt(shard.weights() == null ? MAGIC : WEIGHTED_MAGIC)
        .putInt(shard.rows())
        .putInt(shard.features())
        .putInt(shard.text().length);
    write(head, HEAD_BYTES, out, checksum);
    endPart(out, checksum);
    for (int f = 0; f < shard.features(); f++) {
      writeColumn(shard.column(f), shard.rows(), out, checksum);
    }
    if (shard.weights() != null) {
      byte[] weights = new byte[Integer.BYTES * shard.rows()];
      littleEndian(weights).asIntBuffer().put(shard.weights(), 0, shard.rows());
      write(weights, weights.length, out, checksum);
    }
    endPart(out, checksum);
    byte[] ends = new byte[Integer.BYTES * 2 * shard.rows()];
    littleEndian(ends).asIntBuffer().put(shard.textEnds(), 0, 2 * shard.rows());
    write(ends, ends.length, out, checksum);
    write(shard.text(), shard.text().length, out, checksum);
    endPart(out, checksum);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(byte[] bytes, int length, OutputStream out, CRC32C checksum)
      throws IOException {
    out.write(bytes, 0, length);
    checksum.update(bytes, 0, length);
  }

  private static void endPart(OutputStream out, CRC32C checksum) throws IOException {
    byte[] stored = new byte[Integer.BYTES];
    littleEndian(stored).putInt((int) checksum.getValue());
    out.write(stored);
    checksum.reset();
  }

  private static void writeColumn(double[] column, int rows, OutputStream out, CRC32C checksum)
      throws IOException {
    byte[] chunk = new byte[Double.BYTES * Math.min(CHUNK_VALUES, rows)];
    byte[] width = new byte[1];
    for (int from = 0; from < rows; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, rows - from);
      width[0] = (byte) width(column, from, from + count);
      write(width, 1, out, checksum);
      encode(column, from, count, width[0], chunk);
      write(chunk, width[0] * count, out, checksum);
    }
  }

  /** Returns the number of bytes into which each of the numbers fits without loss. */
  private static int width(double[] column, int from, int to) {
    int magnitudes = 0;
    for (int i = from; i < to; i++) {
      int whole = (int) column[i];
      // A whole number cannot hold the sign of -0.
      if (whole != column[i] || (whole == 0 && Double.doubleToRawLongBits(column[i]) != 0)) {
        return Double.BYTES;
      }
      magnitudes |= whole ^ (whole >> (Integer.SIZE - 1));
    }
    return magnitudes <= Short.MAX_VALUE ? Short.BYTES : Integer.BYTES;
  }

  private static void encode(double[] column, int from, int count, int width, byte[] chunk) {
    if (width == Double.BYTES) {
      littleEndian(chunk).asDoubleBuffer().put(column, from, count);
    } else if (width == Integer.BYTES) {
      for (int i = 0; i < count; i++) {
        INTS.set(chunk, Integer.BYTES * i, (int) column[from + i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        SHORTS.set(chunk, Short.BYTES * i, (short) column[from + i]);
      }
    }
  }

  /**
   * Reads a shard without ids and pass-through fields.
   *
   * @throws IOException if the file has another version, is damaged or ends too early
   */
  public static Shard readColumns(InputStream stream) throws IOException {
    return read(stream, false);
  }

  /**
   * Reads a whole shard.
   *
   * @throws IOException if the file has another version, is damaged or ends too early
   */
  public static Shard readAll(InputStream stream) throws IOException {
    return read(stream, true);
  }

  private static Shard read(InputStream in, boolean readsText) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] headBytes = new byte[HEAD_BYTES];
    read(headBytes, HEAD_BYTES, in, checksum);
    ByteBuffer head = littleEndian(headBytes);
    int magic = head.getInt();
    if (magic != MAGIC && magic != WEIGHTED_MAGIC) {
      throw new IOException("is not a shard file of this version");
    }
    // Sizes are checked before memory is allocated for them.
    check(in, checksum);
    int rows = head.getInt();
    double[][] columns = new double[head.getInt()][rows];
    for (double[] column : columns) {
      readColumn(column, in, checksum);
    }
    int[] weights = magic == MAGIC ? null : readInts(rows, in, checksum);
    check(in, checksum);
    if (!readsText) {
      return new Shard(rows, columns, weights, null, null);
    }
    int[] textEnds = readInts(2 * rows, in, checksum);
    byte[] text = new byte[head.getInt()];
    read(text, text.length, in, checksum);
    check(in, checksum);
    return new Shard(rows, columns, weights, text, textEnds);
  }

  private static int[] readInts(int count, InputStream in, CRC32C checksum) throws IOException {
    byte[] bytes = new byte[Integer.BYTES * count];
    read(bytes, bytes.length, in, checksum);
    int[] ints = new int[count];
    littleEndian(bytes).asIntBuffer().get(ints);
    return ints;
  }

  private static void readColumn(double[] column, InputStream in, CRC32C checksum)
      throws IOException {
    byte[] chunk = new byte[Double.BYTES * Math.min(CHUNK_VALUES, column.length)];
    byte[] width = new byte[1];
    for (int from = 0; from < column.length; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, column.length - from);
      read(width, 1, in, checksum);
      if (width[0] != Short.BYTES && width[0] != Integer.BYTES && width[0] != Double.BYTES) {
        throw new IOException(
            "is a damaged shard file: numbers have " + width[0] + " bytes instead of 2, 4 or 8");
      }
      read(chunk, width[0] * count, in, checksum);
      decode(chunk, width[0], count, column, from);
    }
  }

  private static void decode(byte[] chunk, int width, int count, double[] column, int from) {
    if (width == Double.BYTES) {
      littleEndian(chunk).asDoubleBuffer().get(column, from, count);
    } else if (width == Integer.BYTES) {
      for (int i = 0; i < count; i++) {
        column[from + i] = (int) INTS.get(chunk, Integer.BYTES * i);
      }
    } else {
      for (int i = 0; i < count; i++) {
        column[from + i] = (short) SHORTS.get(chunk, Short.BYTES * i);
      }
    }
  }

  private static void read(byte[] bytes, int length, InputStream in, CRC32C checksum)
      throws IOException {
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new IOException("is a damaged shard file: it ends too early");
    }
    checksum.update(bytes, 0, length);
  }

  private static void check(InputStream in, CRC32C checksum) throws IOException {
    byte[] stored = in.readNBytes(Integer.BYTES);
    if (stored.length < Integer.BYTES) {
      throw new IOException("is a damaged shard file: it ends too early");
    }
    if (littleEndian(stored).getInt() != (int) checksum.getValue()) {
      throw new IOException("is a damaged shard file: a checksum is wrong");
    }
    checksum.reset();
  }
}
