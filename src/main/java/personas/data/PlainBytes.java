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
  private final Stored stored;

  private PlainBytes(String name, InputStream in, Stored stored) {
    super(in);
    this.name = name;
    this.stored = stored;
  }

  /** The compressed bytes; remembers whether it was they that could not be had. */
  private static final class Stored extends FilterInputStream {
    private IOException failure;

    Stored(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return in.read(bytes, from, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    /** A storage that fails is no fault of the file. */
    IOException refuse(String name, IOException cause) {
      return failure != null ? failure : damaged(name, cause);
    }
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
    Stored stored = new Stored(new BufferedInputStream(source.open(0), BUFFER_BYTES));
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
      throw stored.refuse(source.name(), e);
    }
  }

  private static BadInputException damaged(String name, IOException cause) {
    String why = cause.getMessage() == null ? "it ends too early" : cause.getMessage();
    return new BadInputException(
        name + ": is no whole gzip file: " + why + "; nothing of it is used", cause);
  }

  @Override
  public int read() throws IOException {
    try {
      return in.read();
    } catch (IOException e) {
      throw stored.refuse(name, e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return in.read(bytes, from, length);
    } catch (IOException e) {
      throw stored.refuse(name, e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return in.skip(count);
    } catch (IOException e) {
      throw stored.refuse(name, e);
    }
  }
}
