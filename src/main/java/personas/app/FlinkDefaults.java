package personas.app;

import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Kept apart, so that nothing of Flink is loaded where another runner runs. */
final class FlinkDefaults {
  private FlinkDefaults() {}

  static void apply(PipelineOptions options, String[] args) {
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    boolean declined = java.util.Arrays.asList(args).contains("--fasterCopy=false");
    // No function changes its input: the tests on the direct runner check it.
    flink.setFasterCopy(!declined);
  }
}
