package personas.spec.connection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic of Kafka that the output goes to.
 *
 * @param servers the brokers, joined by commas
 * @param name the name of the topic
 * @param propertiesFile a file with properties of the client, such as credentials; null if there is
 *     none
 */
public record KafkaTopic(
    String servers, String name, @JsonInclude(JsonInclude.Include.NON_NULL) String propertiesFile)
    implements ResultTarget {
  private static final Pattern ADDRESS =
      Pattern.compile("kafka://([^/,:]+:\\d{1,5}(?:,[^/,:]+:\\d{1,5})*)/([A-Za-z0-9._-]{1,249})");

  /** Parses an address like {@code kafka://host:9092/topic}; returns null for any other text. */
  public static KafkaTopic parse(String text, String propertiesFile) {
    Matcher address = ADDRESS.matcher(text);
    return address.matches()
        ? new KafkaTopic(address.group(1), address.group(2), propertiesFile)
        : null;
  }

  /** Returns the address of the topic, for messages. */
  @Override
  public String toString() {
    return "kafka://" + servers + "/" + name;
  }
}
