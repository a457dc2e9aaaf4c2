package personas.table.avro;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;
import personas.table.bytes.ByteSource;
import personas.table.bytes.FailureTrackingStream;
import personas.table.ledger.BadInputException;

/** Reads the bytes of an Avro file from a position on, as numbers and as pieces of known length. */
final class AvroBytes implements Closeable {
  private static final int BUFFER_BYTES = 1 << 13;

  private final String source;
  private final FailureTrackingStream in;
  private long position;

  private AvroBytes(String source, FailureTrackingStream in, long position) {
    this.source = source;
    this.in = in;
    this.position = position;
  }

  /** Opens a file at a position. The caller closes the result. */
  static AvroBytes open(ByteSource source, long position) throws IOException {
    FailureTrackingStream stored =
        new FailureTrackingStream(new BufferedInputStream(source.open(position), BUFFER_BYTES));
    return new AvroBytes(source.name(), stored, position);
  }

  /** Returns the position of the next byte in the file. */
  long position() {
    return position;
  }

  /** Returns the next byte, 0..255, or -1 at the end of the file. */
  int read() throws IOException {
    int value = in.read();
    position += value < 0 ? 0 : 1;
    return value;
  }

  /**
   * Returns the next {@code length} bytes.
   *
   * @throws EOFException if the file has fewer bytes
   */
  byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    if (bytes.length < length) {
      throw endsTooEarly();
    }
    return bytes;
  }

  /** Skips bytes, without reading them if the storage supports this. */
  void skip(int length) throws IOException {
    in.skipNBytes(length);
    position += length;
  }

  /**
   * Reads the length of the next item.
   *
   * @param what the name of the item, for messages
   * @param max the maximum length in bytes
   * @throws IOException if the length is negative or too large
   */
  int length(String what, int max) throws IOException {
    long length = number(read());
    if (length < 0 || length > max) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %,d bytes; at most %,d are allowed",
              what,
              length,
              Math.max(0, max)));
    }
    return (int) length;
  }

  /** Reads the next whole number. */
  long number() throws IOException {
    return number(read());
  }

  /** Reads the rest of a whole number whose first byte has been read. */
  long number(int first) throws IOException {
    long value = 0;
    int b = first;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (b < 0) {
        throw endsTooEarly();
      }
      value |= (b & 0x7FL) << shift;
      if (b < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
      b = read();
    }
    throw new IOException("a length has more than 64 bits");
  }

  private static EOFException endsTooEarly() {
    return new EOFException("the file ends within a block");
  }

  /**
   * Returns an exception that says why the file cannot be read.
   *
   * @param place the place in the file, as a part of a message; empty for the whole file
   * @return a {@link BadInputException} unless the storage has failed
   */
  IOException exceptionFor(String place, Exception cause) {
    return in.exceptionFor(source + place, "Avro", cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
