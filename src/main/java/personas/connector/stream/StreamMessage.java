package personas.connector.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A message that was read from a stream, or the result of scoring such a message. The bytes must
 * not be changed.
 */
public final class StreamMessage {
  private final String source;
  private final long position;
  private final byte[] key;
  private final byte[] value;

  /**
   * Creates a message.
   *
   * @param source {@code topic/partition} of Kafka, or {@code subscription/message id} of Pub/Sub
   * @param position the offset of Kafka; 0 for Pub/Sub
   * @param key the key; null if the message does not have a key
   * @param value the value; empty if the message does not have a value
   */
  public StreamMessage(String source, long position, byte[] key, byte[] value) {
    this.source = source;
    this.position = position;
    this.key = key;
    this.value = value;
  }

  /** Returns where the message comes from. */
  public String source() {
    return source;
  }

  /** Returns the offset of the message; 0 for Pub/Sub. */
  public long position() {
    return position;
  }

  /** Returns the key; null if the message does not have a key. */
  public byte[] key() {
    return key;
  }

  /** Returns the value; empty if the message does not have a value. */
  public byte[] value() {
    return value;
  }

  /** Returns a message with the same source, position and key, and another value. */
  public StreamMessage withValue(byte[] other) {
    return new StreamMessage(source, position, key, other);
  }

  /** Writes a message. Equal messages give equal bytes. */
  public static void write(StreamMessage message, DataOutput out) throws IOException {
    out.writeUTF(message.source);
    out.writeLong(message.position);
    out.writeInt(message.key == null ? -1 : message.key.length);
    if (message.key != null) {
      out.write(message.key);
    }
    out.writeInt(message.value.length);
    out.write(message.value);
  }

  /** Reads a message that {@link #write} wrote. */
  public static StreamMessage read(DataInput in) throws IOException {
    String source = in.readUTF();
    long position = in.readLong();
    int keyLength = in.readInt();
    byte[] key = keyLength < 0 ? null : new byte[keyLength];
    if (key != null) {
      in.readFully(key);
    }
    byte[] value = new byte[in.readInt()];
    in.readFully(value);
    return new StreamMessage(source, position, key, value);
  }
}
