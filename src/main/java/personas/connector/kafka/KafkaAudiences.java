package personas.connector.kafka;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import personas.connector.contract.ResultSink;
import personas.connector.contract.SinkRequest;
import personas.connector.storage.Folder;
import personas.connector.stream.StreamAddress;
import personas.model.assignment.AssignmentColumns;
import personas.spec.SpecException;
import personas.table.TableWriter;

/**
 * Sends the lists of each persona's users to a topic. A message is a JSON object for one user, and
 * its key is the user's id. A run with a previous run sends only the users who left or entered a
 * persona. The users who left come first, so the last message of a user names the present persona.
 * A retried step sends all messages again.
 */
final class KafkaAudiences implements ResultSink {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The column that holds the change of a user: member, entered or left. */
  private static final int CHANGE = 1;

  /** The column that holds the user id. */
  private static final int ID = 2;

  private final StreamAddress topic;
  private final String propertiesFile;
  private final AssignmentColumns table;
  private final boolean sendsOnlyChanges;

  /** Creates the sink of a run whose spec names a topic. */
  KafkaAudiences(KafkaTarget target, SinkRequest request) {
    topic = target.topic();
    propertiesFile = target.propertiesFile();
    table = AssignmentColumns.ofAudiences(request.spec());
    sendsOnlyChanges = request.showsPreviousPersona();
  }

  @Override
  public String name() {
    return "The Kafka topic " + topic.name();
  }

  /** Refuses a topic that does not exist. */
  @Override
  public void check(PipelineOptions options) throws IOException, SpecException {
    String reason = KafkaTopics.problem(topic, clientProperties());
    if (reason != null) {
      throw new SpecException(List.of("output.kafka: " + reason));
    }
  }

  private Map<String, String> clientProperties() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    if (propertiesFile != null) {
      Properties properties = new Properties();
      try (InputStream in = Folder.open(propertiesFile)) {
        properties.load(in);
      } catch (FileNotFoundException e) {
        throw new IOException(
            "output.kafka.propertiesFile: " + propertiesFile + ": no such file", e);
      }
      properties
          .stringPropertyNames()
          .forEach(key -> settings.put(key, properties.getProperty(key)));
    }
    return settings;
  }

  /** {@inheritDoc} The rows come from files in CSV. */
  @Override
  public void write(List<String> files, PipelineOptions options) throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.putAll(clientProperties());
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.servers());
    ByteArraySerializer serializer = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, serializer, serializer)) {
      Messages messages = new Messages(producer);
      for (String file : table.filesOf(files)) {
        send(file, messages);
      }
      producer.flush();
      messages.refuseFailed();
    } catch (KafkaException e) {
      throw failed(e);
    }
  }

  private void send(String file, Messages messages) throws IOException {
    try (InputStream in = new BufferedInputStream(Folder.open(file))) {
      table.read(in, messages);
    }
  }

  private IOException failed(Exception e) {
    // A command prints the message of the innermost cause, so this exception has no cause.
    return new IOException(topic + ": the topic did not accept all messages: " + e.getMessage());
  }

  /** Sends rows as messages. */
  private final class Messages implements TableWriter {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    Messages(KafkaProducer<byte[], byte[]> producer) {
      this.producer = producer;
    }

    @Override
    public void write(Object[] row) throws IOException {
      refuseFailed();
      if (sendsOnlyChanges && row[CHANGE].equals("member")) {
        return;
      }
      Map<String, Object> message = new LinkedHashMap<>();
      for (int i = 0; i < row.length; i++) {
        message.put(table.columns().get(i).name(), row[i]);
      }
      byte[] key = String.valueOf(row[ID]).getBytes(StandardCharsets.UTF_8);
      var unused =
          producer.send(
              new ProducerRecord<>(topic.name(), key, JSON.writeValueAsBytes(message)),
              (sent, problem) -> {
                if (problem != null) {
                  failure.compareAndSet(null, problem);
                }
              });
    }

    void refuseFailed() throws IOException {
      if (failure.get() != null) {
        throw failed(failure.get());
      }
    }

    @Override
    public void close() {}
  }
}
