package personas.table.bytes;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import personas.table.ledger.BadInputException;

/**
 * Reads the uncompressed bytes of a source. A source whose name ends in {@code .gz} is compressed.
 * Commons Compress reads compressed sources, because {@code GZIPInputStream} does not notice a file
 * that is truncated in the header of a later member or followed by other bytes.
 */
public final class UncompressedStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  /** The maximum ratio of uncompressed to compressed size. Tables reach a ratio of about 30. */
  private static final int MAX_RATIO = 200;

  /** The ratio is checked only above this number of uncompressed bytes. */
  private static final long MIN_CHECKED_BYTES = 1 << 26;

  /** The maximum number of compressed bytes in a row without content, for example in a header. */
  private static final long MAX_WITHOUT_CONTENT = 1 << 20;

  private final String name;
  private final FailureTrackingStream storedBytes;
  private long uncompressedBytes;

  private UncompressedStream(String name, InputStream in, FailureTrackingStream storedBytes) {
    super(in);
    this.name = name;
    this.storedBytes = storedBytes;
  }

  /** Returns whether a source is compressed: its name ends in {@code .gz}. */
  public static boolean isCompressed(ByteSource source) {
    return source.name().endsWith(".gz");
  }

  /**
   * Opens a source. The caller closes the stream.
   *
   * @param position the first byte to read, counted in uncompressed bytes
   * @throws BadInputException if the compressed file is damaged or truncated; the returned stream
   *     throws the same exception
   */
  public static InputStream open(ByteSource source, long position) throws IOException {
    if (!isCompressed(source)) {
      return source.open(position);
    }
    FailureTrackingStream storedBytes =
        new FailureTrackingStream(
            new BufferedInputStream(source.open(0), BUFFER_BYTES), MAX_WITHOUT_CONTENT);
    try {
      InputStream plain =
          new UncompressedStream(
              source.name(),
              GzipCompressorInputStream.builder()
                  .setDecompressConcatenated(true)
                  .setInputStream(storedBytes)
                  .get(),
              storedBytes);
      plain.skipNBytes(position);
      return plain;
    } catch (BadInputException e) {
      storedBytes.close();
      throw e;
    } catch (IOException e) {
      storedBytes.close();
      throw storedBytes.exceptionFor(source.name(), "gzip", e);
    }
  }

  /** Counts uncompressed bytes, and refuses a file whose ratio is too high. */
  private int addToCount(int count) throws IOException {
    uncompressedBytes += Math.max(0, count);
    storedBytes.resetLimit();
    if (uncompressedBytes > MIN_CHECKED_BYTES
        && uncompressedBytes / MAX_RATIO > storedBytes.count()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: the first %,d bytes unpack to more than %,d bytes, over %d times as many; if this is"
                  + " intended, unpack the file and use the unpacked file",
              name,
              storedBytes.count(),
              uncompressedBytes,
              MAX_RATIO));
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      addToCount(value < 0 ? 0 : 1);
      return value;
    } catch (IOException e) {
      throw storedBytes.exceptionFor(name, "gzip", e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return addToCount(in.read(bytes, from, length));
    } catch (IOException e) {
      throw storedBytes.exceptionFor(name, "gzip", e);
    }
  }

  /** Reads the skipped bytes, so that they are counted. */
  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(BUFFER_BYTES, Math.max(0, count))]));
  }
}
