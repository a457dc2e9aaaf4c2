package personas.table.bytes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import personas.table.ledger.BadInputException;

/** A stream that remembers failures of the storage, to tell them apart from damaged content. */
public final class FailureTrackingStream extends FilterInputStream {
  private final long maxBytes;
  private IOException failure;
  private long count;
  private long countAtReset;

  public FailureTrackingStream(InputStream in) {
    this(in, Long.MAX_VALUE);
  }

  /**
   * Creates a stream with a limit.
   *
   * @param maxBytes the maximum number of bytes to read before the next {@link #resetLimit};
   *     reading more fails
   */
  FailureTrackingStream(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  /** Returns the number of bytes read so far. */
  long count() {
    return count;
  }

  /** Resets the limit. The caller calls this method when the bytes so far have given content. */
  void resetLimit() {
    countAtReset = count;
  }

  private int addToCount(int readBytes) throws IOException {
    count += Math.max(0, readBytes);
    if (count - countAtReset > maxBytes) {
      throw new IOException(
          String.format(Locale.ROOT, "%,d bytes in a row hold no content", maxBytes));
    }
    return readBytes;
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
    addToCount(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int readBytes;
    try {
      readBytes = in.read(bytes, from, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    return addToCount(readBytes);
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
    countAtReset += skipped;
    return skipped;
  }

  /**
   * Returns the exception to throw after a failed read. A failure of the storage is returned
   * unchanged; any other failure is a fault of the file.
   *
   * @param source the name of the file
   * @param format the name of the format, for the message
   * @param cause the exception that a parser of the file has thrown
   * @return a {@link BadInputException} unless the storage has failed
   */
  public IOException exceptionFor(String source, String format, Exception cause) {
    if (failure != null) {
      return failure;
    }
    if (cause instanceof BadInputException badInput) {
      return badInput;
    }
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String why = deepest.getMessage() == null ? "the file ends too early" : deepest.getMessage();
    return new BadInputException(
        source
            + ": is not a complete "
            + format
            + " file: "
            + why
            + "; write or copy the file again",
        cause);
  }
}
