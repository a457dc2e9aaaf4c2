package personas.report.render;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A picture as a PNG file (ISO/IEC 15948), the same bytes everywhere. */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  private PngFile() {}

  /**
   * The file.
   *
   * @param perMetre pixels, so that programs know its natural size
   */
  static byte[] bytes(Raster raster, int perMetre) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13);
    header.putInt(raster.width()).putInt(raster.height());
    // Eight bits of red, green and blue; the one compression and filter method; not interlaced.
    header.put(new byte[] {8, 2, 0, 0, 0});
    chunk("IHDR", header.array(), out);
    ByteBuffer density = ByteBuffer.allocate(9);
    density.putInt(perMetre).putInt(perMetre).put((byte) 1);
    chunk("pHYs", density.array(), out);
    chunk("IDAT", Deflate.zlib(filtered(raster)), out);
    chunk("IEND", new byte[0], out);
    return out.toByteArray();
  }

  /** Rows as differences to the row above (filter 2), which are mostly 0. */
  private static byte[] filtered(Raster raster) {
    byte[] bytes = new byte[raster.height() * (3 * raster.width() + 1)];
    for (int y = 0; y < raster.height(); y++) {
      int row = y * (3 * raster.width() + 1);
      bytes[row] = 2;
      raster.differences(y, bytes, row + 1);
    }
    return bytes;
  }

  private static void chunk(String type, byte[] data, ByteArrayOutputStream out) {
    byte[] typed =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 check = new CRC32();
    check.update(typed);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(typed);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
