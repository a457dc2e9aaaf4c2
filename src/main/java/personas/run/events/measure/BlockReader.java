package personas.run.events.measure;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import personas.math.ExactSum;

/** Reads the bytes that a {@link BlockWriter} wrote. */
public final class BlockReader {
  private final byte[] bytes;
  private int position;

  public BlockReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns whether all bytes are read. */
  public boolean atEnd() {
    return position == bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Skips bytes and returns the position of the first skipped byte. */
  public int skip(int length) {
    int start = position;
    position += length;
    return start;
  }

  byte readByte() {
    return bytes[position++];
  }

  /** Reads 64 bits. */
  public long readLong() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      value |= (bytes[position++] & 0xFFL) << shift;
    }
    return value;
  }

  /** Reads a number that {@link BlockWriter#writeVarLong} wrote. */
  public long readVarLong() {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }

  byte[] readText() {
    int length = (int) readVarLong();
    int start = skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /** Reads an exact sum; null if null was written. */
  ExactSum readSum() {
    if (readByte() == 0) {
      return null;
    }
    try {
      return ExactSum.read(new DataInputStream(new ByteArrayInputStream(readText())));
    } catch (IOException e) {
      throw new UncheckedIOException("the bytes of an exact sum are damaged", e);
    }
  }
}
