package personas.pipeline.stream;

import java.util.Locale;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.connector.storage.SerializedFile;
import personas.model.TrainedUsers;
import personas.model.compare.DriftAdvice.Action;
import personas.model.compare.DriftCounts;
import personas.model.compare.ScoreDrift;
import personas.pipeline.combine.ValueCoder;
import personas.text.TerminalText;

/**
 * Measures the drift of scored users in each window, and reports it as metrics and as a log line. A
 * window begins with the first user after the end of the previous window. The users of two models
 * are counted separately. The metrics are for operators only, because the users of a window depend
 * on when messages arrive.
 */
final class MeasureDrift extends PTransform<PCollection<KV<String, DriftCounts>>, PDone> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(MeasureDrift.class);

  static final Coder<KV<String, DriftCounts>> CODER =
      KvCoder.of(
          StringUtf8Coder.of(),
          new ValueCoder<>(
              DriftCounts.class,
              (counts, out) -> {
                SerializedFile.write(counts.trained(), out);
                counts.write(out);
              },
              in -> DriftCounts.read(SerializedFile.read(in, TrainedUsers.class), in)));

  private final long windowSeconds;

  /**
   * Creates the transform.
   *
   * @param windowSeconds the length of a window in seconds; a window begins with its first user
   */
  MeasureDrift(long windowSeconds) {
    this.windowSeconds = windowSeconds;
  }

  @Override
  public PDone expand(PCollection<KV<String, DriftCounts>> counts) {
    counts
        .apply(
            "Windows",
            Window.<KV<String, DriftCounts>>configure()
                .triggering(
                    Repeatedly.forever(
                        AfterProcessingTime.pastFirstElementInPane()
                            .plusDelayOf(Duration.standardSeconds(windowSeconds))))
                .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .discardingFiredPanes())
        .apply("Add up", Combine.perKey(new SumDrift()))
        .setCoder(CODER)
        .apply("Report", ParDo.of(new Report()));
    return PDone.in(counts.getPipeline());
  }

  /** Sets the metrics of a window, and logs the drift. */
  private static final class Report extends DoFn<KV<String, DriftCounts>, Void> {
    private static final long serialVersionUID = 1;
    private static final double THOUSAND = 1_000;

    @ProcessElement
    public void process(@Element KV<String, DriftCounts> counts) {
      ScoreDrift drift = counts.getValue().driftOrNull();
      if (drift == null) {
        return;
      }
      set("advice", urgency(drift.advice()));
      set("users", drift.usersNow());
      set("personas_psi", thousandths(drift.personasPsi()));
      for (ScoreDrift.FeatureDrift feature : drift.features()) {
        set("psi_of_" + feature.name(), thousandths(feature.psi()));
        set("outside_of_" + feature.name(), thousandths(feature.below() + feature.above()));
        set("missing_of_" + feature.name(), thousandths(feature.missing()));
      }
      log(counts.getKey(), drift);
    }

    /**
     * Returns the urgency of an advice: 0 if there is nothing to do, 2 for the most urgent advice.
     */
    private static long urgency(Action advice) {
      return switch (advice) {
        case KEEP, NONE -> 0;
        case REFIT -> 1;
        case REVIEW -> 2;
      };
    }

    private static void log(String model, ScoreDrift drift) {
      String text =
          TerminalText.line(
              String.format(
                  Locale.ROOT,
                  "drift of %,d users by model %s: %s; %s (%s)",
                  drift.usersNow(),
                  model,
                  drift.advice().name().toLowerCase(Locale.ROOT),
                  drift.reason(),
                  drift.decidedBy().text()));
      if (drift.advice() == Action.KEEP) {
        LOG.info("{}", text);
      } else {
        LOG.warn("{}", text);
      }
    }

    private static void set(String name, long value) {
      Metrics.gauge("personas", "drift_" + name).set(value);
    }

    private static long thousandths(double value) {
      return Math.round(THOUSAND * value);
    }
  }
}
