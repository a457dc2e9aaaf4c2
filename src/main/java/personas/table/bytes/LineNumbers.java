package personas.table.bytes;

import java.io.IOException;
import java.io.InputStream;

/** Finds the line of a place in a file, for messages. */
public final class LineNumbers {
  /** The line of a place that lies further in the file is not looked for. */
  private static final long MAX_BYTES = 1L << 28;

  private LineNumbers() {}

  /**
   * The line that the byte at {@code position} stands in, counted from 1.
   *
   * @param position counted from 0 in the uncompressed bytes
   * @return -1 if the place is too far in the file, or the file cannot be read
   */
  public static long of(ByteSource source, long position) {
    if (position > MAX_BYTES) {
      return -1;
    }
    long line = 1;
    byte[] block = new byte[1 << 16];
    try (InputStream in = UncompressedStream.open(source, 0)) {
      for (long left = position; left > 0; ) {
        int read = in.read(block, 0, (int) Math.min(block.length, left));
        if (read < 0) {
          return -1;
        }
        for (int i = 0; i < read; i++) {
          line += block[i] == '\n' ? 1 : 0;
        }
        left -= read;
      }
      return line;
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
