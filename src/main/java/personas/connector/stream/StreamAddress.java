package personas.connector.stream;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import personas.spec.connection.KafkaTopic;

/**
 * Where messages come from or go to: {@code kafka://host:port,host:port/topic}, {@code
 * pubsub://projects/p/subscriptions/s} or {@code pubsub://projects/p/topics/t}.
 *
 * @param carrier which of the two
 * @param servers the brokers, joined by commas; empty of Pub/Sub
 * @param name the topic; of Pub/Sub the full name of the subscription or topic
 */
public record StreamAddress(Carrier carrier, String servers, String name) implements Serializable {
  /** What carries the messages. */
  public enum Carrier {
    KAFKA,
    PUBSUB
  }

  private static final Pattern SCHEME = Pattern.compile("(kafka|pubsub)://.*", Pattern.DOTALL);
  private static final Pattern PUBSUB =
      Pattern.compile("pubsub://(projects/[^/]+/(?:subscriptions|topics)/[^/]+)");

  /** Whether a flag's value is meant as such an address. */
  public static boolean isOne(String value) {
    return value != null && SCHEME.matcher(value).matches();
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException where it has another form
   */
  public static StreamAddress parse(String value) {
    KafkaTopic kafka = KafkaTopic.parse(value, null);
    if (kafka != null) {
      return new StreamAddress(Carrier.KAFKA, kafka.servers(), kafka.name());
    }
    Matcher pubsub = PUBSUB.matcher(value);
    if (pubsub.matches()) {
      return new StreamAddress(Carrier.PUBSUB, "", pubsub.group(1));
    }
    throw new IllegalArgumentException(
        value
            + ": is not like kafka://host:9092/topic, pubsub://projects/p/subscriptions/s or"
            + " pubsub://projects/p/topics/t");
  }

  /** Whether messages can be read from there without missing any. */
  public boolean isReadable() {
    return carrier == Carrier.KAFKA || name.contains("/subscriptions/");
  }

  /** Whether messages can be written there. */
  public boolean isWritable() {
    return carrier == Carrier.KAFKA || name.contains("/topics/");
  }

  @Override
  public String toString() {
    return carrier == Carrier.KAFKA ? "kafka://" + servers + "/" + name : "pubsub://" + name;
  }
}
