package personas.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The uncompressed bytes of a source. A name that ends in {@code .gz} says that it is compressed;
 * its members follow each other without a gap. The library and not {@code GZIPInputStream}, which
 * takes a file that is cut in the head of a later member, or followed by other bytes, for whole.
 */
final class PlainBytes extends FilterInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final String name;
  private final StoredBytes stored;

  private PlainBytes(String name, InputStream in, StoredBytes stored) {
    super(in);
    this.name = name;
    this.stored = stored;
  }

  static boolean isCompressed(ByteSource source) {
    return source.name().endsWith(".gz");
  }

  /**
   * Opens a source; the caller closes.
   *
   * @param position the first byte that is wanted, counted in uncompressed bytes
   * @throws BadInputException here, and in any read from the stream, where gzip is damaged or cut
   */
  static InputStream open(ByteSource source, long position) throws IOException {
    if (!isCompressed(source)) {
      return source.open(position);
    }
    StoredBytes stored = new StoredBytes(new BufferedInputStream(source.open(0), BUFFER_BYTES));
    try {
      InputStream plain =
          new PlainBytes(source.name(), new GzipCompressorInputStream(stored, true), stored);
      plain.skipNBytes(position);
      return plain;
    } catch (BadInputException e) {
      stored.close();
      throw e;
    } catch (IOException e) {
      stored.close();
      throw stored.refuse(source.name(), "gzip", e);
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw stored.refuse(name, "gzip", e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw stored.refuse(name, "gzip", e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return in.skip(count);
    } catch (IOException e) {
      throw stored.refuse(name, "gzip", e);
    }
  }
}
