package personas.pipeline.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureHandover;
import personas.model.compare.DriftCounts;

/** The drift of a window, as an operator reads it from Beam's metrics. */
class MeasureDriftTest {
  /** A hundred users with a value of 1, 2, 3 or 4 each, a fifth of them without one. */
  private static final TrainedUsers TRAINED =
      new TrainedUsers(
          List.of("visits"),
          List.of(
              new FeatureHandover(
                  null, null, List.of(1.0, 2.0, 3.0, 4.0), List.of(20L, 20L, 20L, 20L, 0L), 20)),
          List.of("few", "many"),
          List.of(60L, 40L));

  private static KV<String, DriftCounts> counts(double... visits) {
    DriftCounts counts = new DriftCounts(TRAINED);
    Arrays.stream(visits).forEach(value -> counts.add(new double[][] {{value}}, value < 3 ? 0 : 1));
    return KV.of("digest", counts);
  }

  @Test
  void aWindowIsAddedUpAndBecomesGauges() {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(
            Create.of(counts(1, 2, 9), counts(9, 0), counts(9, 3, 4, 1, Double.NaN))
                .withCoder(MeasureDrift.CODER))
        .apply(new MeasureDrift(1));
    var result = pipeline.run();
    result.waitUntilFinish();
    Map<String, Long> gauges = new TreeMap<>();
    MetricsFilter ours =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace("personas")).build();
    for (MetricResult<GaugeResult> each : result.metrics().queryMetrics(ours).getGauges()) {
      gauges.put(each.getName().getName(), each.getAttempted().getValue());
    }
    assertEquals(10, gauges.get("drift_users"), gauges.toString());
    // Three of ten are above 4, one is below 1, one has no value.
    assertEquals(400, gauges.get("drift_outside_of_visits"));
    assertEquals(100, gauges.get("drift_missing_of_visits"));
    // Four of ten are in the first persona, where six were: 0.2 ln(0.6 / 0.4) twice.
    assertEquals(Math.round(1000 * 0.4 * Math.log(1.5)), gauges.get("drift_personas_psi"));
    assertEquals(
        List.of(
            "drift_advice",
            "drift_missing_of_visits",
            "drift_outside_of_visits",
            "drift_personas_psi",
            "drift_psi_of_visits",
            "drift_users"),
        List.copyOf(gauges.keySet()));
  }

  /** As a stream that is drained after a window: nothing is left for the last pane. */
  @Test
  void aStreamThatIsDrainedEndsWell() {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(
            TestStream.create(MeasureDrift.CODER)
                .addElements(counts(1, 2, 9))
                .advanceProcessingTime(Duration.standardSeconds(3))
                .advanceWatermarkToInfinity())
        .apply(new MeasureDrift(1));
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }

  @Test
  void countsAreEncoded() throws Exception {
    MeasureDrift.CODER.verifyDeterministic();
    for (KV<String, DriftCounts> each : List.of(counts(), counts(1, 5, Double.NaN))) {
      CoderProperties.coderDecodeEncodeEqual(MeasureDrift.CODER, each);
    }
  }
}
