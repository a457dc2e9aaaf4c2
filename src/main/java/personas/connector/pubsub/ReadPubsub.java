package personas.connector.pubsub;

import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/**
 * Reads the messages of a subscription. Messages are acknowledged when their bundle is committed.
 */
public final class ReadPubsub extends PTransform<PBegin, PCollection<StreamMessage>> {
  private static final long serialVersionUID = 1;

  private final StreamAddress from;

  public ReadPubsub(StreamAddress from) {
    this.from = from;
  }

  @Override
  public PCollection<StreamMessage> expand(PBegin begin) {
    return begin
        .apply("Subscription", PubsubIO.readMessagesWithMessageId().fromSubscription(from.name()))
        .apply("Messages", ParDo.of(new ToMessage(from.name())));
  }

  private static final class ToMessage extends DoFn<PubsubMessage, StreamMessage> {
    private static final long serialVersionUID = 1;

    private final String subscription;

    ToMessage(String subscription) {
      this.subscription = subscription;
    }

    @ProcessElement
    public void process(@Element PubsubMessage message, OutputReceiver<StreamMessage> out) {
      out.output(
          new StreamMessage(
              subscription + "/" + message.getMessageId(), 0, null, message.getPayload()));
    }
  }
}
