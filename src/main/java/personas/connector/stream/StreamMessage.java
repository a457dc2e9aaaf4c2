package personas.connector.stream;

/** A message that was read from a stream, or an answer to it. The bytes must not be changed. */
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

  /** Returns a message with the same source, position and key, and another value. */
  public StreamMessage withValue(byte[] other) {
    return new StreamMessage(source, position, key, other);
  }
}
