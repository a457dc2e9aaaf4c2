package personas.cli.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerSettingsTest {
  private static PipelineOptions options(String... flags) {
    // A command that ran before in this process may have registered only the options of its flags.
    PipelineOptionsFactory.resetCache();
    return PipelineOptionsFactory.fromArgs(flags).create();
  }

  /** The list is of what is known to be here; whatever comes to Beam later is elsewhere. */
  @ParameterizedTest
  @CsvSource({
    "true, --runner=DirectRunner",
    "true, --runner=FlinkRunner",
    "true, --runner=FlinkRunner --flinkMaster=[local]",
    "false, --runner=FlinkRunner --flinkMaster=localhost:8081",
    "false, --runner=FlinkRunner --flinkMaster=localhost",
    "false, --runner=DataflowRunner",
    "false, --runner=PortableRunner"
  })
  void onlyTheDirectRunnerAndFlinkWithoutAClusterAreInThisProcess(boolean here, String flags) {
    PipelineOptions options = options(flags.split(" "));
    assertEquals(here, RunnerSettings.isInThisProcess(options));
  }

  @ParameterizedTest
  @CsvSource({"1, --runner=DirectRunner", "5, --runner=DirectRunner --targetParallelism=5"})
  void theDirectRunnerHasOneThreadForASmallInput(int threads, String flags) {
    String[] args = flags.split(" ");
    PipelineOptions options = options(args);
    RunnerSettings.apply(options, args);
    RunnerSettings.useOneThread(options, args);
    assertEquals(threads, options.as(DirectOptions.class).getTargetParallelism());
  }

  @Test
  void theDirectRunnerUsesAllCoresForALargeInput() {
    String[] args = {"--runner=DirectRunner"};
    PipelineOptions options = options(args);
    RunnerSettings.apply(options, args);
    assertEquals(
        Runtime.getRuntime().availableProcessors(),
        options.as(DirectOptions.class).getTargetParallelism());
  }

  /** Restarts of the DataStream translation: a batch job within this process has none. */
  @ParameterizedTest
  @CsvSource({
    "-1, 3, --runner=FlinkRunner",
    "30, 30, --runner=FlinkRunner --flinkMaster=localhost:8081",
    "2, 2, --runner=FlinkRunner --numberOfExecutionRetries=2",
    "0, 0, --runner=FlinkRunner --flinkMaster=localhost:8081 --numberOfExecutionRetries=0"
  })
  void aJobOnAClusterAndAStreamStartAgain(int batch, int stream, String flags) {
    String[] args = flags.split(" ");
    PipelineOptions options = options(args);
    RunnerSettings.apply(options, args);
    FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
    assertEquals(batch, flink.getNumberOfExecutionRetries());
    FlinkSettings.applyToStream(options, args);
    assertEquals(stream, flink.getNumberOfExecutionRetries());
  }

  @ParameterizedTest
  @CsvSource({"10000, --runner=FlinkRunner", "7, --runner=FlinkRunner --maxBundleSize=7"})
  void aStreamHasLargeBundlesUnlessAFlagSaysOtherwise(long size, String flags) {
    String[] args = flags.split(" ");
    PipelineOptions options = PipelineOptionsFactory.fromArgs(args).create();
    FlinkSettings.applyToStream(options, args);
    assertEquals(size, options.as(FlinkPipelineOptions.class).getMaxBundleSize());
  }
}
