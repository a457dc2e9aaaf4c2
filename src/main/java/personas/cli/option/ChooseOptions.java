package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * The flags of {@code choose}: those of {@code segment} that a run without a training can take. The
 * getters without a description are of flags that {@code choose} refuses, and the help does not
 * show them.
 */
public interface ChooseOptions extends SegmentOptions {
  @Description("The model.json of a run with --explainK.")
  String getModel();

  void setModel(String model);

  @Override
  @Description("The number of clusters to take: one that the run compared.")
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
