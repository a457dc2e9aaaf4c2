package personas.table.parquet;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;
import personas.table.avro.AvroCodecs;

/**
 * Compresses and decompresses the pages of Parquet files, without the Hadoop classes that Parquet's
 * own factory needs. A page that claims to be larger than its row group is refused before memory is
 * allocated.
 */
final class ParquetCodecs implements CompressionCodecFactory {
  /** The number of bytes that the remaining pages of the row group may have, decompressed. */
  private long remainingBytes = Long.MAX_VALUE;

  /**
   * Prepares for the pages of the next row group.
   *
   * @param bytes the maximum number of bytes of all pages together, decompressed
   */
  void startRowGroup(long bytes) {
    remainingBytes = bytes;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.SNAPPY) {
      throw new IllegalArgumentException("Parquet is written with snappy, not with " + codec);
    }
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(Snappy.compress(plain(bytes)));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return codec;
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new Decompressor(codec);
  }

  @Override
  public void release() {}

  private final class Decompressor implements BytesInputDecompressor {
    private final CompressionCodecName codec;

    Decompressor(CompressionCodecName codec) {
      this.codec = codec;
    }

    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      if (size < 0 || size > remainingBytes) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "a page has %,d bytes, but only %,d bytes remain of the size that the footer states",
                size,
                remainingBytes));
      }
      remainingBytes -= size;
      byte[] stored = plain(bytes);
      byte[] decompressed =
          switch (codec) {
            case UNCOMPRESSED -> stored;
            case SNAPPY -> AvroCodecs.snappy(stored, stored.length, size);
            case GZIP -> readAll(new GZIPInputStream(new ByteArrayInputStream(stored)), size);
            case ZSTD -> readAll(new ZstdInputStream(new ByteArrayInputStream(stored)), size);
            case BROTLI -> readAll(new BrotliInputStream(new ByteArrayInputStream(stored)), size);
            case LZ4_RAW ->
                readAll(new BlockLZ4CompressorInputStream(new ByteArrayInputStream(stored)), size);
            default ->
                throw new IOException(
                    "the compression "
                        + codec
                        + " is not one of uncompressed, snappy, gzip, zstd, brotli, lz4_raw");
          };
      return BytesInput.from(decompressed);
    }

    private byte[] readAll(InputStream in, int size) throws IOException {
      try (in) {
        byte[] decompressed = in.readNBytes(size);
        if (decompressed.length < size) {
          throw new IOException("a page ends at byte " + decompressed.length + " of " + size);
        }
        return decompressed;
      }
    }

    @Override
    public void decompress(ByteBuffer input, int stored, ByteBuffer output, int size)
        throws IOException {
      byte[] bytes = new byte[stored];
      input.get(bytes);
      output.put(plain(decompress(BytesInput.from(bytes), size)));
    }

    @Override
    public void release() {}
  }

  /** Returns the bytes as an array. The method of {@code BytesInput} for this is deprecated. */
  private static byte[] plain(BytesInput bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
    bytes.writeAllTo(out);
    return out.toByteArray();
  }
}
