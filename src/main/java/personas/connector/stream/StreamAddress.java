package personas.connector.stream;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a stream of messages: {@code kafka://host:port,host:port/topic}, {@code
 * pubsub://projects/p/subscriptions/s} or {@code pubsub://projects/p/topics/t}.
 *
 * @param carrier Kafka or Pub/Sub
 * @param servers the brokers, joined by commas; empty for Pub/Sub
 * @param name the topic of Kafka, or the full name of the subscription or topic of Pub/Sub
 */
public record StreamAddress(Carrier carrier, String servers, String name) implements Serializable {
  /** The messaging system. */
  public enum Carrier {
    KAFKA,
    PUBSUB
  }

  private static final Pattern SCHEME = Pattern.compile("(kafka|pubsub)://.*", Pattern.DOTALL);
  private static final Pattern KAFKA =
      Pattern.compile("kafka://([^/,:]+:\\d{1,5}(?:,[^/,:]+:\\d{1,5})*)/([A-Za-z0-9._-]{1,249})");
  private static final Pattern PUBSUB =
      Pattern.compile("pubsub://(projects/[^/]+/(?:subscriptions|topics)/[^/]+)");

  /** Returns whether a flag's value has the scheme of a stream, even if the rest is not valid. */
  public static boolean hasStreamScheme(String value) {
    return value != null && SCHEME.matcher(value).matches();
  }

  /**
   * Parses an address.
   *
   * @throws IllegalArgumentException if the value is not an address; the message names the value
   *     and the allowed forms
   */
  public static StreamAddress parse(String value) {
    StreamAddress kafka = parseKafka(value);
    if (kafka != null) {
      return kafka;
    }
    Matcher pubsub = PUBSUB.matcher(value);
    if (pubsub.matches()) {
      return new StreamAddress(Carrier.PUBSUB, "", pubsub.group(1));
    }
    throw new IllegalArgumentException(
        value
            + ": is not the address of a stream; allowed are kafka://host:9092/topic,"
            + " pubsub://projects/p/subscriptions/s or"
            + " pubsub://projects/p/topics/t");
  }

  /** Parses the address of a topic of Kafka; returns null for any other text. */
  public static StreamAddress parseKafka(String value) {
    Matcher kafka = KAFKA.matcher(value);
    return kafka.matches()
        ? new StreamAddress(Carrier.KAFKA, kafka.group(1), kafka.group(2))
        : null;
  }

  /**
   * Returns whether messages can be read from this address. Pub/Sub needs a subscription; its
   * topics can only be written.
   */
  public boolean isReadable() {
    return carrier == Carrier.KAFKA || name.contains("/subscriptions/");
  }

  /** Returns whether messages can be written to this address. */
  public boolean isWritable() {
    return carrier == Carrier.KAFKA || name.contains("/topics/");
  }

  @Override
  public String toString() {
    return carrier == Carrier.KAFKA ? "kafka://" + servers + "/" + name : "pubsub://" + name;
  }
}
