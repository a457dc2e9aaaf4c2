package personas.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Writes messages with their keys to a topic. A bundle is finished when all in-sync replicas have
 * its messages. If the replicas do not accept a message, the bundle fails, and the engine may retry
 * the bundle.
 */
public final class WriteKafka extends PTransform<PCollection<StreamMessage>, PDone> {
  private static final long serialVersionUID = 1;

  /**
   * A message has about 250 bytes, so Kafka's default of 16 KB would send a request for every 60
   * messages.
   */
  private static final int BATCH_BYTES = 1 << 17;

  private static final int LINGER_MILLIS = 5;

  private final StreamAddress to;
  private final Map<String, String> clientProperties;

  /**
   * Creates the transform.
   *
   * @param to the servers and the topic
   * @param clientProperties settings for every client of Kafka
   */
  public WriteKafka(StreamAddress to, Map<String, String> clientProperties) {
    this.to = to;
    this.clientProperties = new TreeMap<>(clientProperties);
  }

  @Override
  public PDone expand(PCollection<StreamMessage> messages) {
    return messages
        .apply("Records", ParDo.of(new ToRecord(to.name())))
        .setCoder(
            ProducerRecordCoder.of(NullableCoder.of(ByteArrayCoder.of()), ByteArrayCoder.of()))
        .apply(
            "Topic",
            // Writing keys and values instead of records would take one more step per message.
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(to.servers())
                .withTopic(to.name())
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(configuration()));
  }

  private Map<String, Object> configuration() {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    config.putAll(clientProperties);
    return config;
  }

  private static final class ToRecord extends DoFn<StreamMessage, ProducerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    private final String topic;

    ToRecord(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element StreamMessage message, OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      out.output(new ProducerRecord<>(topic, message.key(), message.value()));
    }
  }
}
