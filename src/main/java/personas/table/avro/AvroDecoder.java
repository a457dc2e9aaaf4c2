package personas.table.avro;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Decodes the values of one Avro block. The library's decoder allocates as many bytes as a text or
 * a list declares, up to gigabytes. This decoder refuses a declared length that is greater than the
 * number of bytes left in the block.
 */
final class AvroDecoder extends Decoder {
  private final ByteBuffer bytes;

  AvroDecoder(byte[] block) {
    this.bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the number of bytes of the block that have not been decoded. */
  int remaining() {
    return bytes.remaining();
  }

  private static EOFException endsTooEarly() {
    return new EOFException("a block ends within a row");
  }

  private byte next() throws IOException {
    if (!bytes.hasRemaining()) {
      throw endsTooEarly();
    }
    return bytes.get();
  }

  /** Reads a length in bytes, which must not be greater than the number of bytes left. */
  private int length() throws IOException {
    long length = readLong();
    if (length < 0 || length > bytes.remaining()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a length of %,d is greater than the %,d bytes that are left of a block",
              length,
              bytes.remaining()));
    }
    return (int) length;
  }

  private void skip(int length) throws IOException {
    if (length < 0 || length > bytes.remaining()) {
      throw endsTooEarly();
    }
    bytes.position(bytes.position() + length);
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    return next() == 1;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException("a whole number has more than 32 bits");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = next();
      value |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new IOException("a whole number has more than 64 bits");
  }

  @Override
  public float readFloat() throws IOException {
    if (bytes.remaining() < Float.BYTES) {
      throw endsTooEarly();
    }
    return bytes.getFloat();
  }

  @Override
  public double readDouble() throws IOException {
    if (bytes.remaining() < Double.BYTES) {
      throw endsTooEarly();
    }
    return bytes.getDouble();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    int length = length();
    Utf8 text = old == null ? new Utf8() : old;
    text.setByteLength(length);
    bytes.get(text.getBytes(), 0, length);
    return text;
  }

  @Override
  public String readString() throws IOException {
    byte[] text = new byte[length()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    skip(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    byte[] value = new byte[length()];
    bytes.get(value);
    return ByteBuffer.wrap(value);
  }

  @Override
  public void skipBytes() throws IOException {
    skip(length());
  }

  @Override
  public void readFixed(byte[] value, int start, int length) throws IOException {
    if (length > bytes.remaining()) {
      throw endsTooEarly();
    }
    bytes.get(value, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    skip(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  /**
   * Reads the number of items in the next part of a list. A negative number means that the size of
   * the part in bytes follows.
   */
  @Override
  public long readArrayStart() throws IOException {
    long count = readLong();
    if (count < 0) {
      readLong();
      count = -count;
    }
    if (count < 0 || count > bytes.remaining()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "a list has %,d items, but only %,d bytes are left of a block",
              count,
              bytes.remaining()));
    }
    return count;
  }

  @Override
  public long arrayNext() throws IOException {
    return readArrayStart();
  }

  /**
   * Skips the parts of a list whose size in bytes is known. Returns the number of items that the
   * caller has to skip; 0 at the end of the list.
   */
  @Override
  public long skipArray() throws IOException {
    long count = readLong();
    while (count < 0) {
      skip(length());
      count = readLong();
    }
    if (count > bytes.remaining()) {
      throw endsTooEarly();
    }
    return count;
  }

  @Override
  public long readMapStart() throws IOException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return skipArray();
  }
}
