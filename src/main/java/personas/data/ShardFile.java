package personas.data;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * A shard as a file: a head, the numbers column after column, then the text; little-endian, a
 * checksum behind each part. The numbers come first, because the passes read nothing else.
 */
public final class ShardFile {
  private static final int MAGIC = 0x50455253;
  private static final int CHUNK_VALUES = 1 << 13;

  private ShardFile() {}

  public static void write(Shard shard, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(MAGIC);
    out.writeInt(shard.rows());
    out.writeInt(shard.features());
    out.writeInt(shard.text().length);
    CRC32C checksum = new CRC32C();
    for (int f = 0; f < shard.features(); f++) {
      writeColumn(shard.column(f), shard.rows(), out, checksum);
    }
    out.writeLong(checksum.getValue());
    checksum.reset();
    writeEnds(shard.textEnds(), 2 * shard.rows(), out, checksum);
    out.write(shard.text());
    checksum.update(shard.text());
    out.writeLong(checksum.getValue());
    out.flush();
  }

  private static void writeColumn(double[] column, int rows, OutputStream out, CRC32C checksum)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(8 * CHUNK_VALUES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < rows; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, rows - from);
      chunk.asDoubleBuffer().put(column, from, count);
      out.write(chunk.array(), 0, 8 * count);
      checksum.update(chunk.array(), 0, 8 * count);
    }
  }

  private static void writeEnds(int[] ends, int count, OutputStream out, CRC32C checksum)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ends, 0, count);
    out.write(bytes.array());
    checksum.update(bytes.array());
  }

  /** Reads the numbers; ids and pass-through fields are left where they are. */
  public static Shard readColumns(InputStream stream) throws IOException {
    return read(stream, false);
  }

  /** Reads all. */
  public static Shard readAll(InputStream stream) throws IOException {
    return read(stream, true);
  }

  private static Shard read(InputStream stream, boolean withText) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    if (in.readInt() != MAGIC) {
      throw new IOException("is no shard file");
    }
    int rows = in.readInt();
    int features = in.readInt();
    int textLength = in.readInt();
    if (rows < 1 || features < 1 || textLength < 0) {
      throw new IOException("is a damaged shard file: its head makes no sense");
    }
    CRC32C checksum = new CRC32C();
    double[][] columns = new double[features][rows];
    for (double[] column : columns) {
      readColumn(column, in, checksum);
    }
    check(in, checksum);
    if (!withText) {
      return new Shard(rows, columns, null, null);
    }
    ByteBuffer ends = ByteBuffer.allocate(8 * rows).order(ByteOrder.LITTLE_ENDIAN);
    in.readFully(ends.array());
    checksum.update(ends.array());
    int[] textEnds = new int[2 * rows];
    ends.asIntBuffer().get(textEnds);
    byte[] text = new byte[textLength];
    in.readFully(text);
    checksum.update(text);
    check(in, checksum);
    return new Shard(rows, columns, text, textEnds);
  }

  private static void readColumn(double[] column, DataInputStream in, CRC32C checksum)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(8 * CHUNK_VALUES).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < column.length; from += CHUNK_VALUES) {
      int count = Math.min(CHUNK_VALUES, column.length - from);
      in.readFully(chunk.array(), 0, 8 * count);
      checksum.update(chunk.array(), 0, 8 * count);
      chunk.asDoubleBuffer().get(column, from, count);
    }
  }

  private static void check(DataInputStream in, CRC32C checksum) throws IOException {
    if (in.readLong() != checksum.getValue()) {
      throw new IOException("is a damaged shard file: a checksum is wrong");
    }
    checksum.reset();
  }
}
