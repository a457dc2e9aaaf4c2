package personas.export;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes one message in the wire format of Protocol Buffers. This class exists because the jar for
 * a Flink cluster does not contain Google's library.
 *
 * <p>Source: Protocol Buffers Documentation, Encoding.
 */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Writes a whole number or the number of an enum. */
  void number(int field, long value) {
    tag(field, VARINT);
    varint(value);
  }

  /** Writes a text as UTF-8. */
  void text(int field, String value) {
    bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes bytes. */
  void bytes(int field, byte[] value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
  }

  /** Writes a finished message. */
  void message(int field, ProtobufWriter message) {
    bytes(field, message.toByteArray());
  }

  /** Returns the bytes of all fields that have been written. */
  byte[] toByteArray() {
    return out.toByteArray();
  }

  private void tag(int field, int wireType) {
    varint(((long) field << 3) | wireType);
  }

  /**
   * Writes seven bits per byte, the lowest first. The highest bit of a byte says that another byte
   * follows.
   */
  private void varint(long value) {
    long remainder = value;
    while ((remainder & ~0x7FL) != 0) {
      out.write((int) ((remainder & 0x7F) | 0x80));
      remainder >>>= 7;
    }
    out.write((int) remainder);
  }
}
