package personas.table.bytes;

import java.io.IOException;
import java.io.InputStream;

/** Finds the line number of a byte in a file, for messages. */
public final class LineNumbers {
  /** Positions beyond this limit are not searched. */
  private static final long MAX_BYTES = 1L << 28;

  private LineNumbers() {}

  /**
   * Returns the number of the line that holds the byte at {@code position}, from 1.
   *
   * @param position the position in the uncompressed bytes, from 0
   * @return -1 if the position is too far in the file, or if the file cannot be read
   */
  public static long of(ByteSource source, long position) {
    if (position > MAX_BYTES) {
      return -1;
    }
    long line = 1;
    byte[] block = new byte[1 << 16];
    try (InputStream in = UncompressedStream.open(source, 0)) {
      for (long remaining = position; remaining > 0; ) {
        int read = in.read(block, 0, (int) Math.min(block.length, remaining));
        if (read < 0) {
          return -1;
        }
        for (int i = 0; i < read; i++) {
          line += block[i] == '\n' ? 1 : 0;
        }
        remaining -= read;
      }
      return line;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
