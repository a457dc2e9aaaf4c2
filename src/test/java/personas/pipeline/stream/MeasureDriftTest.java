package personas.pipeline.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.CombineFnTester;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.hamcrest.CoreMatchers;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureContext;
import personas.model.compare.DriftCounter;
import personas.model.compare.DriftCounts;

/** Checks the drift of a window in Beam's metrics. */
class MeasureDriftTest {
  /** A hundred users with a value of 1, 2, 3 or 4 each, a fifth of them without one. */
  private static final TrainedUsers TRAINED =
      new TrainedUsers(
          List.of("visits"),
          List.of(
              new FeatureContext(
                  null, null, List.of(1.0, 2.0, 3.0, 4.0), List.of(20L, 20L, 20L, 20L, 0L), 20)),
          List.of("few", "many"),
          List.of(60L, 40L));

  private static KV<String, DriftCounts> counts(double... visits) {
    DriftCounter counter = new DriftCounter(TRAINED);
    Arrays.stream(visits)
        .forEach(value -> counter.add(new double[][] {{value}}, value < 3 ? 0 : 1));
    return KV.of("digest", counter.take());
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

  /**
   * Flink writes a checkpoint from an accumulator while the stream adds to the state, so no step
   * may change one. A stream on a busy machine failed with "Asynchronous task checkpoint failed",
   * because the accumulator was a list that grew.
   */
  @Test
  void anAccumulatorIsNeverChanged() throws Exception {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(counts(1)).withCoder(MeasureDrift.CODER)).apply(new MeasureDrift(1));
    List<CombineFn<?, ?, ?>> functions = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Combine.PerKey<?, ?, ?> combine) {
              functions.add((CombineFn<?, ?, ?>) combine.getFn());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    assertEquals(1, functions.size());
    @SuppressWarnings("unchecked")
    var function = (CombineFn<DriftCounts, Object, DriftCounts>) functions.get(0);
    Coder<DriftCounts> coder = ((KvCoder<String, DriftCounts>) MeasureDrift.CODER).getValueCoder();
    Coder<Object> accumulators = function.getAccumulatorCoder(CoderRegistry.createDefault(), coder);
    Object sum = function.createAccumulator();
    for (int visits = 0; visits < 5; visits++) {
      byte[] before = CoderUtils.encodeToByteArray(accumulators, sum);
      DriftCounts more = counts(visits).getValue();
      Object next = function.addInput(sum, more);
      Object merged = function.mergeAccumulators(List.of(sum, next));
      assertArrayEquals(before, CoderUtils.encodeToByteArray(accumulators, sum));
      assertEquals(2L * visits + 1, function.extractOutput(merged).total());
      sum = next;
    }
  }

  @Test
  void sumsMergeInAnyOrder() {
    List<DriftCounts> parts =
        List.of(counts(1, 2, 9).getValue(), counts(9, 0).getValue(), counts(4).getValue());
    CombineFnTester.testCombineFn(
        new SumDrift(), parts, CoreMatchers.equalTo(counts(1, 2, 9, 9, 0, 4).getValue()));
  }

  @Test
  void countsAreEncoded() throws Exception {
    MeasureDrift.CODER.verifyDeterministic();
    for (KV<String, DriftCounts> each : List.of(counts(), counts(1, 5, Double.NaN))) {
      CoderProperties.coderDecodeEncodeEqual(MeasureDrift.CODER, each);
    }
  }
}
