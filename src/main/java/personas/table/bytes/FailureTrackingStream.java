package personas.table.bytes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import personas.table.ledger.BadInputException;

/** The bytes of a source; remembers whether it was they that could not be had. */
public final class FailureTrackingStream extends FilterInputStream {
  private final long mostBytes;
  private IOException failure;
  private long count;
  private long forgotten;

  public FailureTrackingStream(InputStream in) {
    this(in, Long.MAX_VALUE);
  }

  /**
   * @param mostBytes that are read until the next {@link #forgetCount}; reading more fails
   */
  FailureTrackingStream(InputStream in, long mostBytes) {
    super(in);
    this.mostBytes = mostBytes;
  }

  /** Bytes that were read so far. */
  long count() {
    return count;
  }

  /** Something came of the bytes so far: as many may be read again. */
  void forgetCount() {
    forgotten = count;
  }

  private int counted(int more) throws IOException {
    count += Math.max(0, more);
    if (count - forgotten > mostBytes) {
      throw new IOException(
          String.format(Locale.ROOT, "%,d bytes hold nothing of its content", mostBytes));
    }
    return more;
  }

  @Override
  public int read() throws IOException {
    int value;
    try {
      value = in.read();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    counted(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int more;
    try {
      more = in.read(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    return counted(more);
  }

  @Override
  public long skip(long length) throws IOException {
    long skipped;
    try {
      skipped = in.skip(length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    count += skipped;
    forgotten += skipped;
    return skipped;
  }

  /** Why reading failed: a storage that fails is no fault of the file. */
  public IOException refuse(String source, String what, Exception cause) {
    if (failure != null) {
      return failure;
    }
    if (cause instanceof BadInputException refused) {
      return refused;
    }
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String why = deepest.getMessage() == null ? "it ends too early" : deepest.getMessage();
    return new BadInputException(
        source + ": is no whole " + what + " file: " + why + "; nothing of it is used", cause);
  }
}
