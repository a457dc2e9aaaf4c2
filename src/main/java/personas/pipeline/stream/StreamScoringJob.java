package personas.pipeline.stream;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import personas.connector.kafka.ReadKafka;
import personas.connector.kafka.WriteKafka;
import personas.connector.pubsub.ReadPubsub;
import personas.connector.pubsub.WritePubsub;
import personas.connector.stream.MessageSink;
import personas.connector.stream.MessageSource;
import personas.connector.stream.StreamAddress;
import personas.run.StreamPlan;

/**
 * The job that assigns personas to the users of a stream as they arrive. The job runs until it is
 * stopped.
 */
public final class StreamScoringJob {
  private StreamScoringJob() {}

  /** Returns the job. */
  public static Pipeline job(PipelineOptions options, StreamPlan plan) {
    Pipeline pipeline = Pipeline.create(options);
    StreamAddress input = plan.topics().input();
    MessageSource<?> source =
        input.carrier() == StreamAddress.Carrier.KAFKA
            ? new ReadKafka(input, plan.topics().group(), plan.topics().clientProperties())
            : new ReadPubsub(input);
    MessageSink<?> users = sink(plan.topics().output(), plan);
    score(pipeline, plan, source, users, sink(plan.topics().deadLetters(), plan));
    return pipeline;
  }

  private static MessageSink<?> sink(StreamAddress to, StreamPlan plan) {
    return to.carrier() == StreamAddress.Carrier.KAFKA
        ? new WriteKafka(to, plan.topics().clientProperties())
        : new WritePubsub(to);
  }

  private static <I, U, L> void score(
      Pipeline pipeline,
      StreamPlan plan,
      MessageSource<I> source,
      MessageSink<U> users,
      MessageSink<L> deadLetters) {
    TupleTag<U> userTag = new TupleTag<>("users");
    ScoreMessages<I, U, L> scorer = new ScoreMessages<>(plan, source, users, deadLetters);
    PCollectionTuple scored =
        pipeline
            .apply("Read messages", source.transform())
            .apply(
                "Score messages",
                ParDo.of(scorer)
                    .withOutputTags(
                        userTag, TupleTagList.of(scorer.deadLetters()).and(ScoreMessages.COUNTS)));
    scored
        .get(ScoreMessages.COUNTS)
        .setCoder(MeasureDrift.CODER)
        .apply("Measure drift", new MeasureDrift(plan.driftWindowSeconds()));
    scored.get(userTag).setCoder(users.coder()).apply("Write users", users.transform());
    scored
        .get(scorer.deadLetters())
        .setCoder(deadLetters.coder())
        .apply("Write dead letters", deadLetters.transform());
  }
}
