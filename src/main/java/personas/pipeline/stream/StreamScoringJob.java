package personas.pipeline.stream;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTagList;
import personas.connector.kafka.ReadKafka;
import personas.connector.kafka.WriteKafka;
import personas.connector.pubsub.ReadPubsub;
import personas.connector.pubsub.WritePubsub;
import personas.connector.stream.StreamAddress;
import personas.connector.stream.StreamMessage;
import personas.pipeline.combine.ValueCoder;
import personas.run.StreamPlan;

/**
 * The job that assigns personas to the users of a stream as they arrive. The job runs until it is
 * stopped.
 */
public final class StreamScoringJob {
  private static final Coder<StreamMessage> MESSAGES =
      new ValueCoder<>(StreamMessage.class, StreamMessage::write, StreamMessage::read);

  private StreamScoringJob() {}

  /** Returns the job. */
  public static Pipeline job(PipelineOptions options, StreamPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    PCollectionTuple scored =
        pipeline
            .apply("Read messages", reader(plan))
            .setCoder(MESSAGES)
            .apply(
                "Score messages",
                ParDo.of(new ScoreMessages(plan))
                    .withOutputTags(
                        ScoreMessages.USERS,
                        TupleTagList.of(ScoreMessages.DEAD_LETTERS).and(ScoreMessages.COUNTS)));
    scored
        .get(ScoreMessages.COUNTS)
        .setCoder(MeasureDrift.CODER)
        .apply("Measure drift", new MeasureDrift(plan.driftWindowSeconds()));
    write("Write users", scored.get(ScoreMessages.USERS), plan.topics().output(), plan);
    write(
        "Write dead letters",
        scored.get(ScoreMessages.DEAD_LETTERS),
        plan.topics().deadLetters(),
        plan);
    return pipeline;
  }

  private static PTransform<PBegin, PCollection<StreamMessage>> reader(StreamPlan plan) {
    return plan.topics().input().carrier() == StreamAddress.Carrier.KAFKA
        ? new ReadKafka(
            plan.topics().input(), plan.topics().group(), plan.topics().clientProperties())
        : new ReadPubsub(plan.topics().input());
  }

  private static void write(
      String name, PCollection<StreamMessage> messages, StreamAddress to, StreamPlan plan) {
    messages.setCoder(MESSAGES).apply(name, writer(to, plan));
  }

  private static PTransform<PCollection<StreamMessage>, PDone> writer(
      StreamAddress to, StreamPlan plan) {
    return to.carrier() == StreamAddress.Carrier.KAFKA
        ? new WriteKafka(to, plan.topics().clientProperties())
        : new WritePubsub(to);
  }
}
