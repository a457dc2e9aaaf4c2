package personas.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import personas.connector.stream.MessageSource;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Reads the messages of a topic from where the consumer group stopped. A new group starts with the
 * oldest message. An offset is committed when the messages before it are safe: on Flink with a
 * checkpoint, on Dataflow with a bundle. The direct runner commits when all messages that it read
 * are processed, and reads on after that.
 */
public final class ReadKafka implements MessageSource<KafkaRecord<byte[], byte[]>> {
  private final StreamAddress from;
  private final String group;
  private final Map<String, String> clientProperties;

  /**
   * Creates the source.
   *
   * @param group the consumer group whose offsets are committed
   * @param clientProperties settings for every client of Kafka
   */
  public ReadKafka(StreamAddress from, String group, Map<String, String> clientProperties) {
    this.from = from;
    this.group = group;
    this.clientProperties = new TreeMap<>(clientProperties);
  }

  @Override
  public PTransform<PBegin, PCollection<KafkaRecord<byte[], byte[]>>> transform() {
    // The key of a message may be null; in a compacted topic the value may be null too.
    NullableCoder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    return KafkaIO.<byte[], byte[]>read()
        .withBootstrapServers(from.servers())
        .withTopic(from.name())
        .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
        .withValueDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
        .withConsumerConfigUpdates(configuration())
        .commitOffsetsInFinalize();
  }

  @Override
  public SerializableFunction<KafkaRecord<byte[], byte[]>, StreamMessage> toMessage() {
    return new ToMessage();
  }

  private Map<String, Object> configuration() {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.putAll(clientProperties);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return config;
  }

  private static final class ToMessage
      implements SerializableFunction<KafkaRecord<byte[], byte[]>, StreamMessage> {
    private static final long serialVersionUID = 1;

    @Override
    public StreamMessage apply(KafkaRecord<byte[], byte[]> record) {
      byte[] value = record.getKV().getValue();
      return new StreamMessage(
          record.getTopic() + "/" + record.getPartition(),
          record.getOffset(),
          record.getKV().getKey(),
          value == null ? new byte[0] : value);
    }
  }
}
