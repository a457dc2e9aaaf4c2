package personas.bench;

import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies a topic to another topic with Beam's connector only. The rate is the upper limit of any job that reads and writes messages. The arguments are servers, input topic, output topic and consumer group, followed by the flags of Beam. The clients have the same settings as in {@code score}.
 */
public final class PassThrough {
  private static final int FLAGS = 4;

  private PassThrough() {}

  public static void main(String[] args) {
    String[] flags = Arrays.copyOfRange(args, FLAGS, args.length);
    NullableCoder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    pipeline
        .apply(
            "Read",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(args[0])
                .withTopic(args[1])
                .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                .withValueDeserializerAndCoder(ByteArrayDeserializer.class, bytes)
                .withConsumerConfigUpdates(
                    Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.GROUP_ID_CONFIG, args[3],
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false))
                .commitOffsetsInFinalize()
                .withoutMetadata())
        .apply(
            "Write",
            KafkaIO.<byte[], byte[]>write()
                .withBootstrapServers(args[0])
                .withTopic(args[2])
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(
                    Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        1 << 17)));
    pipeline.run().waitUntilFinish();
  }
}
