package personas.table.avro;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.xerial.snappy.Snappy;

/**
 * Uncompresses Avro blocks. A block with more bytes than allowed is refused, so that a small file
 * cannot use up the memory.
 */
public final class AvroCodecs {
  private static final int CHECKSUM_BYTES = 4;

  private AvroCodecs() {}

  /**
   * Uncompresses a block.
   *
   * @param codec the name of the compression in the header of the file
   * @param stored the bytes of the block in the file
   * @param max the maximum size of the result in bytes
   * @throws IOException if the result would be larger, if the bytes are damaged, or if the codec is
   *     not supported
   */
  static byte[] uncompress(String codec, byte[] stored, int max) throws IOException {
    InputStream in = new ByteArrayInputStream(stored);
    return switch (codec) {
      case "null" -> stored;
      case "snappy" -> snappy(stored, max);
      case "deflate" -> readAll(new InflaterInputStream(in, new Inflater(true)), max);
      case "bzip2" -> readAll(new BZip2CompressorInputStream(in), max);
      case "zstandard" -> readAll(new ZstdInputStream(in), max);
      default ->
          throw new IOException(
              "the compression "
                  + codec
                  + " is not one of null, deflate, snappy, bzip2, zstandard");
    };
  }

  private static byte[] snappy(byte[] stored, int max) throws IOException {
    int length = stored.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw new IOException("a block is too short for its checksum");
    }
    byte[] plain = snappy(stored, length, max);
    CRC32 checksum = new CRC32();
    checksum.update(plain);
    if ((int) checksum.getValue() != ByteBuffer.wrap(stored, length, CHECKSUM_BYTES).getInt()) {
      throw new IOException("the checksum of a block is wrong");
    }
    return plain;
  }

  /**
   * Uncompresses Snappy bytes. The method checks the declared length before it allocates memory.
   *
   * @param stored the compressed bytes, from index 0
   * @param length the number of compressed bytes
   * @param max the maximum size of the result in bytes
   * @throws IOException if the result would be larger, or if the bytes are damaged
   */
  public static byte[] snappy(byte[] stored, int length, int max) throws IOException {
    int size = Snappy.uncompressedLength(stored, 0, length);
    if (size < 0 || size > max) {
      throw tooLong(max);
    }
    return Snappy.uncompress(length == stored.length ? stored : Arrays.copyOf(stored, length));
  }

  private static byte[] readAll(InputStream compressed, int max) throws IOException {
    try (compressed) {
      byte[] plain = compressed.readNBytes(max + 1);
      if (plain.length > max) {
        throw tooLong(max);
      }
      return plain;
    }
  }

  private static IOException tooLong(int max) {
    return new IOException(
        String.format(Locale.ROOT, "compressed data unpacks to more than %,d bytes", max));
  }
}
