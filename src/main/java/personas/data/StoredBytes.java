package personas.data;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a source; remembers whether it was they that could not be had. */
final class StoredBytes extends FilterInputStream {
  private IOException failure;

  StoredBytes(InputStream in) {
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

  /** Why reading failed: a storage that fails is no fault of the file. */
  IOException refuse(String source, String what, Exception cause) {
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
