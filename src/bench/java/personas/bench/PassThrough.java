package personas.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Copies a topic to another topic with Beam's connector only. The rate is the upper limit of any job that reads and writes messages. The arguments are servers, input topic, output topic, consumer group and the header line of the messages, followed by the flags of Beam. The clients have the same settings as in {@code score}.
 *
 * <p>If the header line is not empty, the job also does what every scorer must do: it splits each message, parses the numbers, and writes the fields as a JSON object.
 */
public final class PassThrough {
  private static final int FLAGS = 5;
  private static final JsonFactory JSON = new JsonFactory();

  private PassThrough() {}

  public static void main(String[] args) {
    String[] flags = Arrays.copyOfRange(args, FLAGS, args.length);
    NullableCoder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    PCollection<KV<byte[], byte[]>> messages =
        pipeline.apply(
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
                .withoutMetadata());
    if (!args[4].isEmpty()) {
      messages =
          messages
              .apply("Rewrite", ParDo.of(new Rewrite(args[4].split(",", -1))))
              .setCoder(KvCoder.of(bytes, bytes));
    }
    messages.apply(
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

  /** Parses a line of CSV without quotes and writes it as a JSON object. */
  private static final class Rewrite extends DoFn<KV<byte[], byte[]>, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1;

    private final String[] names;
    private transient ByteArrayOutputStream line;

    Rewrite(String[] names) {
      this.names = names;
    }

    @Setup
    public void setup() {
      line = new ByteArrayOutputStream();
    }

    @ProcessElement
    public void process(
        @Element KV<byte[], byte[]> message, OutputReceiver<KV<byte[], byte[]>> out)
        throws IOException {
      String[] fields = new String(message.getValue(), StandardCharsets.UTF_8).split(",", -1);
      line.reset();
      try (JsonGenerator json = JSON.createGenerator(line)) {
        json.writeStartObject();
        for (int i = 0; i < names.length; i++) {
          if (fields[i].isEmpty() || !Character.isDigit(fields[i].charAt(0))) {
            json.writeStringField(names[i], fields[i]);
          } else {
            json.writeNumberField(names[i], Double.parseDouble(fields[i]));
          }
        }
        json.writeEndObject();
      }
      out.output(KV.of(message.getKey(), line.toByteArray()));
    }
  }
}
