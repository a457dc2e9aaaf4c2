package personas.connector.storage;

import java.io.IOException;
import java.io.OutputStream;

/**
 * An output stream that names the file in every exception. Other streams do not name the file, for
 * example if the disk is full.
 */
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
      throw withFileName(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw withFileName(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw withFileName(e);
    }
  }

  /**
   * Returns an exception that names the file. The exception has no cause, because a command prints
   * the message of the innermost cause.
   */
  private IOException withFileName(IOException e) {
    IOException failure = new IOException(file + ": " + e.getMessage());
    failure.addSuppressed(e);
    return failure;
  }
}
