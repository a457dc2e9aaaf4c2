package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * The flags of {@code choose}: the flags of {@code segment} that apply to a run without a new
 * training. Getters without a description belong to flags that {@code choose} refuses; the help
 * does not show these flags.
 */
public interface ChooseOptions extends SegmentOptions {
  @Description("The model.json of a run with --explainK.")
  String getModel();

  void setModel(String model);

  @Override
  @Description("The number of clusters to publish: one of the numbers that the run compared.")
  String getK();

  @Override
  String getPrevious();

  @Override
  String getHistory();

  @Override
  Integer getKeep();

  @Override
  boolean isExplainK();

  @Override
  Integer getIterationsPerJob();

  @Override
  boolean isDryRun();

  @Override
  @Default.String("out/dataflow-job.json")
  String getJobFile();
}
