package personas.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A shard as a file: a head, the numbers column after column, then the text; little-endian, a
 * checksum (CRC-32C) behind each of the three. The numbers come first, because the passes read
 * nothing else.
 */
public final class ShardFile {
  /** "PSH1" as it stands in the file; the digit is the version. */
  private static final int MAGIC = 0x31485350;

  private static final int HEAD_BYTES = 4 * Integer.BYTES;
  private static final int CHUNK_VALUES = 1 << 13;

  private ShardFile() {}

  /** Writes a shard; the caller closes. */
  public static void write(Shard shard, OutputStream out) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] head = new byte[HEAD_BYTES];
    littleEndian(head)
        .putInt(MAGIC)
        .putInt(shard.rows())
        .putInt(shard.features())
        .putInt(shard.text().length);
    write(head, HEAD_BYTES, out, checksum);
    endPart(out, checksum);
    for (int f = 0; f < shard.features(); f++) {
      writeColumn(shard.column(f), shard.rows(), out, checksum);
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
    for (int from = 0; from < rows; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, rows - from);
      littleEndian(chunk).asDoubleBuffer().put(column, from, count);
      write(chunk, Double.BYTES * count, out, checksum);
    }
  }

  /**
   * Reads the numbers; ids and pass-through fields are left where they are.
   *
   * @throws IOException where the file is none of this version, is damaged or ends early
   */
  public static Shard readColumns(InputStream stream) throws IOException {
    return read(stream, false);
  }

  /**
   * Reads all.
   *
   * @throws IOException where the file is none of this version, is damaged or ends early
   */
  public static Shard readAll(InputStream stream) throws IOException {
    return read(stream, true);
  }

  private static Shard read(InputStream in, boolean withText) throws IOException {
    CRC32C checksum = new CRC32C();
    byte[] headBytes = new byte[HEAD_BYTES];
    read(headBytes, HEAD_BYTES, in, checksum);
    ByteBuffer head = littleEndian(headBytes);
    if (head.getInt() != MAGIC) {
      throw new IOException("is no shard file of this version");
    }
    // Before the sizes are known to be right nothing is allocated by them.
    check(in, checksum);
    int rows = head.getInt();
    double[][] columns = new double[head.getInt()][rows];
    for (double[] column : columns) {
      readColumn(column, in, checksum);
    }
    check(in, checksum);
    if (!withText) {
      return new Shard(rows, columns, null, null);
    }
    byte[] ends = new byte[Integer.BYTES * 2 * rows];
    read(ends, ends.length, in, checksum);
    int[] textEnds = new int[2 * rows];
    littleEndian(ends).asIntBuffer().get(textEnds);
    byte[] text = new byte[head.getInt()];
    read(text, text.length, in, checksum);
    check(in, checksum);
    return new Shard(rows, columns, text, textEnds);
  }

  private static void readColumn(double[] column, InputStream in, CRC32C checksum)
      throws IOException {
    byte[] chunk = new byte[Double.BYTES * Math.min(CHUNK_VALUES, column.length)];
    for (int from = 0; from < column.length; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, column.length - from);
      read(chunk, Double.BYTES * count, in, checksum);
      littleEndian(chunk).asDoubleBuffer().get(column, from, count);
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
