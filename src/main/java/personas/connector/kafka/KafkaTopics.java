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

/** Whether the topics of a stream are there, asked before a job starts that would wait for them. */
public final class KafkaTopics {
  private static final int PATIENCE_MILLIS = 10_000;

  private KafkaTopics() {}

  /**
   * Why a topic cannot be used; null if it is there.
   *
   * @param clientProperties for every client of Kafka
   * @throws IOException if no broker answers
   */
  public static String whyNone(StreamAddress topic, Map<String, String> clientProperties)
      throws IOException {
    return whyNone(topic.toString(), topic.servers(), topic.name(), clientProperties);
  }

  /**
   * Why a topic cannot be used; null if it is there.
   *
   * @param shown the topic in messages
   * @throws IOException if no broker answers
   */
  static String whyNone(
      String shown, String servers, String topic, Map<String, String> clientProperties)
      throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    config.putAll(clientProperties);
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (Admin admin = Admin.create(config)) {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
      return null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return shown + ": no such topic";
      }
      // Without the cause: the one line that a user sees is that of the innermost.
      throw new IOException(
          e.getCause() instanceof TimeoutException
              ? shown + ": no broker answers"
              : shown + ": " + e.getCause().getMessage());
    } catch (KafkaException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      return shown + ": " + why.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while brokers were asked", e);
    }
  }
}
