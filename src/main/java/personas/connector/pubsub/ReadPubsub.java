package personas.connector.pubsub;

import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.stream.MessageSource;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Reads the messages of a subscription. Messages are acknowledged when their bundle is committed.
 */
public final class ReadPubsub implements MessageSource<PubsubMessage> {
  private final StreamAddress from;

  public ReadPubsub(StreamAddress from) {
    this.from = from;
  }

  @Override
  public PTransform<PBegin, PCollection<PubsubMessage>> transform() {
    return PubsubIO.readMessagesWithMessageId().fromSubscription(from.name());
  }

  @Override
  public SerializableFunction<PubsubMessage, StreamMessage> toMessage() {
    String subscription = from.name();
    return message ->
        new StreamMessage(
            subscription + "/" + message.getMessageId(), 0, null, message.getPayload());
  }
}
