package personas.table.bytes;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import personas.table.ledger.BadInputException;

/**
 * The uncompressed bytes of a source. A name that ends in {@code .gz} says that it is compressed;
 * its members follow each other without a gap. The library and not {@code GZIPInputStream}, which
 * takes a file that is cut in the head of a later member, or followed by other bytes, for whole.
 */
public final class UncompressedStream extends FilterInputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  /** Times its size that a file may be once it is uncompressed; tables reach about thirty. */
  private static final int MOST_TIMES = 200;

  /** Uncompressed bytes that any file may have. */
  private static final long FREE_BYTES = 1 << 26;

  /** Bytes of a file that may follow each other without one of its content, as in a header. */
  private static final long MOST_WITHOUT_CONTENT = 1 << 20;

  private final String name;
  private final FailureTrackingStream stored;
  private long given;

  private UncompressedStream(String name, InputStream in, FailureTrackingStream stored) {
    super(in);
    this.name = name;
    this.stored = stored;
  }

  public static boolean isCompressed(ByteSource source) {
    return source.name().endsWith(".gz");
  }

  /**
   * Opens a source; the caller closes.
   *
   * @param position the first byte that is wanted, counted in uncompressed bytes
   * @throws BadInputException here, and in any read from the stream, where gzip is damaged or cut
   */
  public static InputStream open(ByteSource source, long position) throws IOException {
    if (!isCompressed(source)) {
      return source.open(position);
    }
    FailureTrackingStream stored =
        new FailureTrackingStream(
            new BufferedInputStream(source.open(0), BUFFER_BYTES), MOST_WITHOUT_CONTENT);
    try {
      InputStream plain =
          new UncompressedStream(
              source.name(), new GzipCompressorInputStream(stored, true), stored);
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

  /** Counts what was read; refuses a few bytes that become very many. */
  private int counted(int count) throws IOException {
    given += Math.max(0, count);
    stored.forgetCount();
    if (given > FREE_BYTES && given / MOST_TIMES > stored.count()) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "%s: its first %,d bytes unpack to more than %,d, over %d times as many; unpack the"
                  + " file if that is what it holds",
              name,
              stored.count(),
              given,
              MOST_TIMES));
    }
    return count;
  }

  @Override
  public int read() throws IOException {
    try {
      int value = in.read();
      counted(value < 0 ? 0 : 1);
      return value;
    } catch (IOException e) {
      throw stored.refuse(name, "gzip", e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return counted(in.read(bytes, from, length));
    } catch (IOException e) {
      throw stored.refuse(name, "gzip", e);
    }
  }

  /** Reads what is skipped, so that it counts. */
  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(BUFFER_BYTES, Math.max(0, count))]));
  }
}
