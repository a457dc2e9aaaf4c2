package personas.connector.pubsub;

import java.util.Map;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubIO;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessage;
import org.apache.beam.sdk.io.gcp.pubsub.PubsubMessagePayloadOnlyCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;

/** Writes the values of messages to a topic. */
public final class WritePubsub extends PTransform<PCollection<StreamMessage>, PDone> {
  private static final long serialVersionUID = 1;

  private final StreamAddress to;

  public WritePubsub(StreamAddress to) {
    this.to = to;
  }

  @Override
  public PDone expand(PCollection<StreamMessage> messages) {
    return messages
        .apply("Payloads", ParDo.of(new ToPayload()))
        .setCoder(PubsubMessagePayloadOnlyCoder.of())
        .apply("Topic", PubsubIO.writeMessages().to(to.name()));
  }

  private static final class ToPayload extends DoFn<StreamMessage, PubsubMessage> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void process(@Element StreamMessage message, OutputReceiver<PubsubMessage> out) {
      out.output(new PubsubMessage(message.value(), Map.of()));
    }
  }
}
