package personas.run.events.measure;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import personas.math.ExactSum;

/** Writes values to a growing array of bytes, which a {@link BlockReader} reads. */
public final class BlockWriter {
  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Returns the number of bytes written so far. */
  public int size() {
    return size;
  }

  /** Returns a copy of all bytes written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void makeSpace(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
  }

  void writeByte(int value) {
    makeSpace(1);
    bytes[size++] = (byte) value;
  }

  /** Writes 64 bits. */
  public void writeLong(long value) {
    makeSpace(Long.BYTES);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  /**
   * Writes a number in 1 to 10 bytes; a small number that is not negative takes the fewest bytes.
   */
  void writeVarLong(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** Writes the length of a text, then the text. */
  public void writeText(byte[] text, int from, int to) {
    writeVarLong(to - from);
    makeSpace(to - from);
    System.arraycopy(text, from, bytes, size, to - from);
    size += to - from;
  }

  /** Writes an exact sum; null is allowed. */
  void writeSum(ExactSum sum) {
    if (sum == null) {
      writeByte(0);
      return;
    }
    writeByte(1);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try {
      sum.write(new DataOutputStream(written));
    } catch (IOException e) {
      throw new UncheckedIOException("an array of bytes cannot fail", e);
    }
    writeText(written.toByteArray(), 0, written.size());
  }
}
