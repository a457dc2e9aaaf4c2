package personas.connector.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import personas.connector.stream.StreamAddress;

/** Checks that topics exist before a job starts, because the job would wait for a missing topic. */
public final class KafkaTopics {
  private static final int TIMEOUT_MILLIS = 10_000;

  private KafkaTopics() {}

  /**
   * Returns why a topic cannot be used; null if the topic exists.
   *
   * @param clientProperties settings for every client of Kafka
   * @throws IOException if no broker answers, or if the brokers refuse the request
   */
  public static String problem(StreamAddress topic, Map<String, String> clientProperties)
      throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.putAll(clientProperties);
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, topic.servers());
    try (Admin admin = Admin.create(config)) {
      admin.describeTopics(List.of(topic.name())).allTopicNames().get();
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return topic + ": this topic does not exist; create it, or name another topic";
      }
      // A command prints the message of the innermost cause, so this exception has no cause.
      throw new IOException(
          e.getCause() instanceof TimeoutException
              ? topic + ": no broker answers; check the address and the network"
              : topic + ": " + e.getCause().getMessage());
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return topic + ": " + cause.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(topic + ": interrupted while waiting for brokers", e);
    }
  }
}
