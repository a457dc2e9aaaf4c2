package personas.table.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Checks a structure in Thrift's compact protocol before a library builds it: a length must not
 * exceed the number of bytes left, and the nesting of structures is limited. The library would
 * allocate any declared length, up to gigabytes for a few bytes.
 */
final class ThriftLengths {
  private static final int MAX_NESTED = 32;

  // The types of the protocol.
  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  private final ByteBuffer bytes;
  private int nested;

  private ThriftLengths(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * Checks a structure.
   *
   * @throws IOException if a length or the nesting is not allowed; the message names the fault and
   *     its byte in the structure
   */
  static void check(byte[] structure) throws IOException {
    ThriftLengths lengths = new ThriftLengths(structure);
    try {
      lengths.checkStructure();
    } catch (BufferUnderflowException e) {
      throw new IOException(
          String.format(Locale.ROOT, "ends within a value, at byte %,d", structure.length), e);
    }
  }

  private void checkStructure() throws IOException {
    if (++nested > MAX_NESTED) {
      throw new IOException("nests deeper than " + MAX_NESTED + " structures");
    }
    for (int field = bytes.get(); field != 0; field = bytes.get()) {
      if ((field & 0xF0) == 0) {
        readNumber();
      }
      int type = field & 0x0F;
      if (type != TRUE && type != FALSE) {
        checkValue(type);
      }
    }
    nested--;
  }

  private void checkValue(int type) throws IOException {
    if (type >= I16 && type <= I64) {
      readNumber();
      return;
    }
    switch (type) {
      case TRUE, FALSE, BYTE -> skip(1);
      case DOUBLE -> skip(Double.BYTES);
      case BINARY -> skip(checkedLength(readNumber()));
      case LIST, SET -> checkList();
      case MAP -> checkMap();
      case STRUCT -> checkStructure();
      default -> throw new IOException("has a value of unknown type " + type);
    }
  }

  private void checkList() throws IOException {
    int head = bytes.get() & 0xFF;
    // A size of 15 or more is written as a number after the head.
    int sizeFollows = 0x0F;
    int size = checkedLength(head >>> 4 == sizeFollows ? readNumber() : head >>> 4);
    for (int i = 0; i < size; i++) {
      checkValue(head & 0x0F);
    }
  }

  private void checkMap() throws IOException {
    int size = checkedLength(readNumber());
    int types = size == 0 ? 0 : bytes.get() & 0xFF;
    for (int i = 0; i < size; i++) {
      checkValue(types >>> 4);
      checkValue(types & 0x0F);
    }
  }

  private void skip(int count) {
    if (count > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(bytes.position() + count);
  }

  /** Returns a length in bytes, or a count of elements that take at least one byte each. */
  private int checkedLength(long length) throws IOException {
    if (length < 0 || length > bytes.remaining()) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "declares %,d values at byte %3$,d, but only %2$,d bytes are left",
              length,
              bytes.remaining(),
              bytes.position()));
    }
    return (int) length;
  }

  private long readNumber() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = bytes.get();
      number |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return number;
      }
    }
    throw new IOException("has a number of more than 64 bits");
  }
}
