package personas.connector.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Reads the messages of a topic from the offsets that the consumer group has committed. A new group
 * starts with the oldest message. An offset is committed when the messages before it are safe: on
 * Flink with a checkpoint, on Dataflow with a bundle. The direct runner commits when all messages
 * that it has read are processed, and only then reads further messages.
 */
public final class ReadKafka extends PTransform<PBegin, PCollection<StreamMessage>> {
  private static final long serialVersionUID = 1;

  private final StreamAddress topic;
  private final String group;
  private final Map<String, String> clientProperties;

  /**
   * Creates the transform.
   *
   * @param topic the servers and the topic
   * @param group the consumer group whose offsets are committed
   * @param clientProperties settings for every client of Kafka
   */
  public ReadKafka(StreamAddress topic, String group, Map<String, String> clientProperties) {
    this.topic = topic;
    this.group = group;
    this.clientProperties = new TreeMap<>(clientProperties);
  }

  @Override
  public PCollection<StreamMessage> expand(PBegin begin) {
    // The key of a message may be null; in a compacted topic the value may be null too.
    NullableCoder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    return begin
        .apply(
            "Topic",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(topic.servers())
                .withTopic(topic.name())
                .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                .withValueDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                .withConsumerConfigUpdates(configuration())
                .commitOffsetsInFinalize())
        .apply("Messages", ParDo.of(new ToMessage()));
  }

  private Map<String, Object> configuration() {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.putAll(clientProperties);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return config;
  }

  private static final class ToMessage extends DoFn<KafkaRecord<byte[], byte[]>, StreamMessage> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(
        @Element KafkaRecord<byte[], byte[]> record, OutputReceiver<StreamMessage> out) {
      byte[] value = record.getKV().getValue();
      out.output(
          new StreamMessage(
              record.getTopic() + "/" + record.getPartition(),
              record.getOffset(),
              record.getKV().getKey(),
              value == null ? new byte[0] : value));
    }
  }
}
