package personas.pipeline.stream;

import java.io.IOException;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.connector.stream.StreamMessage;
import personas.model.assignment.MessageScorer;
import personas.model.compare.DriftCounts;
import personas.model.score.VersionedModel;
import personas.run.ModelFile;
import personas.run.StreamPlan;

/** Messages → users with their personas, and dead letters: one of them a message. */
final class ScoreMessages extends DoFn<StreamMessage, StreamMessage> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ScoreMessages.class);

  static final TupleTag<StreamMessage> USERS = new TupleTag<>() {};
  static final TupleTag<StreamMessage> DEAD_LETTERS = new TupleTag<>() {};

  /** Of each bundle the counts of its users, by the digest of the model. */
  static final TupleTag<KV<String, DriftCounts>> COUNTS = new TupleTag<>() {};

  private final Counter read = Metrics.counter("personas", "records_read");
  private final Counter rejected = Metrics.counter("personas", "records_rejected");
  private final Counter assigned = Metrics.counter("personas", "users_assigned");
  private final PCollectionView<VersionedModel> latest;
  private final ModelFile source;
  private final boolean explains;
  private transient MessageScorer scorer;
  private transient boolean looked;

  ScoreMessages(PCollectionView<VersionedModel> latest, StreamPlan plan) {
    this.latest = latest;
    this.source = plan.source();
    this.explains = plan.explains();
  }

  /** An engine may decode a side input at every look, so one look a bundle has to do. */
  @StartBundle
  public void startBundle() {
    looked = false;
  }

  @ProcessElement
  public void process(
      @Element StreamMessage message, ProcessContext context, MultiOutputReceiver out)
      throws IOException {
    if (!looked) {
      take(context.sideInput(latest));
      looked = true;
    }
    MessageScorer.Event event = scorer.score(message.source(), message.position(), message.value());
    read.inc();
    (event.isUser() ? assigned : rejected).inc();
    out.get(event.isUser() ? USERS : DEAD_LETTERS).output(message.with(event.json()));
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    DriftCounts counts = looked ? scorer.takeCountsOrNull() : null;
    if (counts != null && counts.total() > 0) {
      context.output(
          COUNTS,
          KV.of(scorer.digest(), counts),
          BoundedWindow.TIMESTAMP_MIN_VALUE,
          GlobalWindow.INSTANCE);
    }
  }

  private void take(VersionedModel model) throws IOException {
    if (scorer == null || !scorer.digest().equals(model.digest())) {
      scorer = new MessageScorer(model, source.reader(model.model()), explains);
      LOG.info("scoring with model {}", model.digest());
    }
  }
}
