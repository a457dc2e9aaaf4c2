package personas.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import personas.connector.stream.MessageSink;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Writes messages with their keys to a topic. A bundle is finished when all in-sync replicas have
 * its messages. If they do not accept a message, the bundle fails, and the engine may retry it.
 */
public final class WriteKafka implements MessageSink<ProducerRecord<byte[], byte[]>> {
  /**
   * A message has about 250 bytes, so Kafka's default of 16 KB would send a request for every 60
   * messages.
   */
  private static final int BATCH_BYTES = 1 << 17;

  private static final int LINGER_MILLIS = 5;

  private final StreamAddress to;
  private final Map<String, String> clientProperties;

  /**
   * Creates the sink.
   *
   * @param clientProperties settings for every client of Kafka
   */
  public WriteKafka(StreamAddress to, Map<String, String> clientProperties) {
    this.to = to;
    this.clientProperties = new TreeMap<>(clientProperties);
  }

  @Override
  public SerializableFunction<StreamMessage, ProducerRecord<byte[], byte[]>> toElement() {
    String topic = to.name();
    return message -> new ProducerRecord<>(topic, message.key(), message.value());
  }

  @Override
  public Coder<ProducerRecord<byte[], byte[]>> coder() {
    return ProducerRecordCoder.of(NullableCoder.of(ByteArrayCoder.of()), ByteArrayCoder.of());
  }

  /** {@inheritDoc} Writing keys and values instead of records would take one more step. */
  @Override
  public PTransform<PCollection<ProducerRecord<byte[], byte[]>>, PDone> transform() {
    return KafkaIO.<byte[], byte[]>writeRecords()
        .withBootstrapServers(to.servers())
        .withTopic(to.name())
        .withKeySerializer(ByteArraySerializer.class)
        .withValueSerializer(ByteArraySerializer.class)
        .withProducerConfigUpdates(configuration());
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
}
