package personas.cli.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerSettingsTest {
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
    PipelineOptions options = PipelineOptionsFactory.fromArgs(flags.split(" ")).create();
    assertEquals(here, RunnerSettings.isInThisProcess(options));
  }
}
