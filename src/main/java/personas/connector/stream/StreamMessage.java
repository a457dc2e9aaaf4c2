package personas.connector.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A message as it was read, or what is written for it. Its bytes are not changed. */
public final class StreamMessage {
  private final String source;
  private final long position;
  private final byte[] key;
  private final byte[] value;

  /**
   * @param source where it was read: {@code topic/partition} of Kafka, the subscription of Pub/Sub
   *     with the message's id
   * @param position in the source: the offset of Kafka, 0 of Pub/Sub
   * @param key null where it has none
   * @param value empty where it has none
   */
  public StreamMessage(String source, long position, byte[] key, byte[] value) {
    this.source = source;
    this.position = position;
    this.key = key;
    this.value = value;
  }

  public String source() {
    return source;
  }

  public long position() {
    return position;
  }

  public byte[] key() {
    return key;
  }

  public byte[] value() {
    return value;
  }

  /** The same place and key with another value. */
  public StreamMessage with(String other) {
    return new StreamMessage(source, position, key, other.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a message; equal messages write equal bytes. */
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

  /** Reads what {@link #write} wrote. */
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
