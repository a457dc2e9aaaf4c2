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

/** The compressions of Avro, none of which gives more bytes than a block may have. */
public final class AvroCodecs {
  private static final int CHECKSUM_BYTES = 4;

  private AvroCodecs() {}

  /**
   * Uncompresses a block.
   *
   * @param codec its name in the header of the file
   * @param most bytes that the result may have
   */
  static byte[] uncompress(String codec, byte[] stored, int most) throws IOException {
    InputStream in = new ByteArrayInputStream(stored);
    return switch (codec) {
      case "null" -> stored;
      case "snappy" -> snappy(stored, most);
      case "deflate" -> readAll(new InflaterInputStream(in, new Inflater(true)), most);
      case "bzip2" -> readAll(new BZip2CompressorInputStream(in), most);
      case "zstandard" -> readAll(new ZstdInputStream(in), most);
      default ->
          throw new IOException(
              "the compression "
                  + codec
                  + " is not one of null, deflate, snappy, bzip2, zstandard");
    };
  }

  private static byte[] snappy(byte[] stored, int most) throws IOException {
    int length = stored.length - CHECKSUM_BYTES;
    if (length < 0) {
      throw new IOException("a block is too short for its checksum");
    }
    byte[] plain = snappy(stored, length, most);
    CRC32 checksum = new CRC32();
    checksum.update(plain);
    if ((int) checksum.getValue() != ByteBuffer.wrap(stored, length, CHECKSUM_BYTES).getInt()) {
      throw new IOException("the checksum of a block is wrong");
    }
    return plain;
  }

  /** The length that Snappy's text begins with is checked before it is allocated. */
  public static byte[] snappy(byte[] stored, int length, int most) throws IOException {
    int size = Snappy.uncompressedLength(stored, 0, length);
    if (size < 0 || size > most) {
      throw tooLong(most);
    }
    return Snappy.uncompress(length == stored.length ? stored : Arrays.copyOf(stored, length));
  }

  private static byte[] readAll(InputStream compressed, int most) throws IOException {
    try (compressed) {
      byte[] plain = compressed.readNBytes(most + 1);
      if (plain.length > most) {
        throw tooLong(most);
      }
      return plain;
    }
  }

  private static IOException tooLong(int most) {
    return new IOException(
        String.format(Locale.ROOT, "a compressed block has more than %,d bytes", most));
  }
}
