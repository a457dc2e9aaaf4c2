package personas.connector.pubsub;

import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessagePayloadOnlyCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import personas.connector.stream.MessageSink;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/** Writes the values of messages to a topic. */
public final class WritePubsub implements MessageSink<PubsubMessage> {
  private final StreamAddress to;

  public WritePubsub(StreamAddress to) {
    this.to = to;
  }

  @Override
  public SerializableFunction<StreamMessage, PubsubMessage> toElement() {
    return message -> new PubsubMessage(message.value(), Map.of());
  }

  @Override
  public Coder<PubsubMessage> coder() {
    return PubsubMessagePayloadOnlyCoder.of();
  }

  @Override
  public PTransform<PCollection<PubsubMessage>, PDone> transform() {
    return PubsubIO.writeMessages().to(to.name());
  }
}
