package personas.connector.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes to a file whose name an error must have: a full disk says nothing of where. */
final class NamedOutputStream extends OutputStream {
  private final String file;
  private final OutputStream out;

  NamedOutputStream(String file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw named(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw named(e);
    }
  }

  /** Not as the cause: it is the innermost message that people are shown. */
  private IOException named(IOException e) {
    IOException named = new IOException(file + ": " + e.getMessage());
    named.addSuppressed(e);
    return named;
  }
}
