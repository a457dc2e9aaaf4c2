package personas.pipeline.stream;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.connector.stream.StreamMessage;
import personas.model.assignment.MessageScorer;
import personas.model.compare.DriftCounts;
import personas.model.score.VersionedModel;
import personas.run.LatestModel;
import personas.run.StreamPlan;
import personas.text.CsvBuffer;

/** Scores messages. Emits one user or one dead letter for each message. */
final class ScoreMessages extends DoFn<StreamMessage, StreamMessage> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ScoreMessages.class);

  static final TupleTag<StreamMessage> USERS = new TupleTag<>() {};
  static final TupleTag<StreamMessage> DEAD_LETTERS = new TupleTag<>() {};

  /** The counts of the users of each bundle; the key is the digest of the model. */
  static final TupleTag<KV<String, DriftCounts>> COUNTS = new TupleTag<>() {};

  private final Counter read = Metrics.counter("personas", "records_read");
  private final Counter rejected = Metrics.counter("personas", "records_rejected");
  private final Counter assigned = Metrics.counter("personas", "users_assigned");
  private final Counter refreshFailures = Metrics.counter("personas", "model_refresh_failures");
  private final StreamPlan plan;

  /** The number of scored users in the bundle; the counters get it when the bundle ends. */
  private transient long users;

  /** The number of dead letters in the bundle; the counters get it when the bundle ends. */
  private transient long deadLetters;

  private transient LatestModel latest;
  private transient VersionedModel model;
  private transient MessageScorer scorer;

  /**
   * A buffer that all messages share. A new buffer for each message would take more memory than the
   * line that it holds.
   */
  private transient CsvBuffer line;

  ScoreMessages(StreamPlan plan) {
    this.plan = plan;
  }

  /** Shares the model with the other tasks of the process. */
  @Setup
  public void setup() {
    latest = LatestModel.acquire(plan);
    line = new CsvBuffer();
  }

  @StartBundle
  public void startBundle() {
    users = 0;
    deadLetters = 0;
  }

  @ProcessElement
  public void process(@Element StreamMessage message, MultiOutputReceiver out) throws IOException {
    VersionedModel current = latest.get();
    if (model == null || !current.digest().equals(model.digest())) {
      DriftCounts counts = takeCountsOrNull();
      if (counts != null) {
        out.get(COUNTS).output(KV.of(scorer.digest(), counts));
      }
      useModel(current);
    }
    line.clear();
    boolean isUser = scorer.score(message.source(), message.position(), message.value(), line);
    users += isUser ? 1 : 0;
    deadLetters += isUser ? 0 : 1;
    out.get(isUser ? USERS : DEAD_LETTERS).output(message.withValue(line.toByteArray()));
  }

  private void useModel(VersionedModel current) throws IOException {
    scorer =
        new MessageScorer(current, plan.model().file().reader(current.model()), plan.explains());
    model = current;
    LOG.info("scoring with model {}", current.digest());
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    read.inc(users + deadLetters);
    assigned.inc(users);
    rejected.inc(deadLetters);
    refreshFailures.inc(latest.takeFailures());
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
