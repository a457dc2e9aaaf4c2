package personas.pipeline.stream;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.connector.stream.MessageSink;
import personas.connector.stream.MessageSource;
import personas.connector.stream.StreamMessage;
import personas.model.assignment.MessageScorer;
import personas.model.compare.DriftCounts;
import personas.model.score.VersionedModel;
import personas.run.LatestModel;
import personas.run.StreamPlan;

/**
 * Scores messages. Emits one user or one dead letter for each message.
 *
 * <p>The step also converts the elements of the connectors, because an engine needs longer to hand
 * an element to another step than to convert it. The step adds to the counters once per bundle.
 *
 * @param <I> the element that the connector reads
 * @param <U> the element that the connector of the users writes
 * @param <L> the element that the connector of the dead letters writes
 */
final class ScoreMessages<I, U, L> extends DoFn<I, U> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ScoreMessages.class);

  /** The counts of the users of each bundle; the key is the digest of the model. */
  static final TupleTag<KV<String, DriftCounts>> COUNTS = new TupleTag<>() {};

  private final Counter read = Metrics.counter("personas", "records_read");
  private final Counter rejected = Metrics.counter("personas", "records_rejected");
  private final Counter assigned = Metrics.counter("personas", "users_assigned");
  private final Counter failures = Metrics.counter("personas", "model_refresh_failures");
  private final TupleTag<L> deadLetters = new TupleTag<>("dead letters");
  private final StreamPlan plan;
  private final SerializableFunction<I, StreamMessage> toMessage;
  private final SerializableFunction<StreamMessage, U> toUser;
  private final SerializableFunction<StreamMessage, L> toDeadLetter;
  private transient long users;
  private transient long letters;
  private transient LatestModel latest;
  private transient VersionedModel model;
  private transient MessageScorer scorer;

  ScoreMessages(StreamPlan plan, MessageSource<I> from, MessageSink<U> to, MessageSink<L> dead) {
    this.plan = plan;
    toMessage = from.toMessage();
    toUser = to.toElement();
    toDeadLetter = dead.toElement();
  }

  TupleTag<L> deadLetters() {
    return deadLetters;
  }

  /** Shares the model with the other tasks of the process. */
  @Setup
  public void setup() {
    latest = LatestModel.acquire(plan);
  }

  @ProcessElement
  public void process(@Element I element, OutputReceiver<U> out, MultiOutputReceiver outputs)
      throws IOException {
    VersionedModel current = latest.get();
    if (model == null || !current.digest().equals(model.digest())) {
      DriftCounts counts = takeCountsOrNull();
      if (counts != null) {
        outputs.get(COUNTS).output(KV.of(scorer.digest(), counts));
      }
      useModel(current);
    }
    StreamMessage message = toMessage.apply(element);
    MessageScorer.Event event = scorer.score(message.source(), message.position(), message.value());
    StreamMessage answer = message.withValue(event.json());
    if (event.isUser()) {
      users++;
      out.output(toUser.apply(answer));
    } else {
      letters++;
      outputs.get(deadLetters).output(toDeadLetter.apply(answer));
    }
  }

  private void useModel(VersionedModel current) throws IOException {
    scorer = new MessageScorer(current, plan.source().reader(current.model()), plan.explains());
    model = current;
    LOG.info("scoring with model {}", current.digest());
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    read.inc(users + letters);
    assigned.inc(users);
    rejected.inc(letters);
    users = 0;
    letters = 0;
    failures.inc(latest.takeFailures());
    DriftCounts counts = takeCountsOrNull();
    if (counts != null) {
      context.output(
          COUNTS,
          KV.of(scorer.digest(), counts),
          BoundedWindow.TIMESTAMP_MIN_VALUE,
          GlobalWindow.INSTANCE);
    }
  }

  private DriftCounts takeCountsOrNull() {
    DriftCounts counts = scorer == null ? null : scorer.takeCountsOrNull();
    return counts == null || counts.total() == 0 ? null : counts;
  }

  @Teardown
  public void teardown() {
    if (latest != null) {
      latest.release();
      latest = null;
    }
  }
}
