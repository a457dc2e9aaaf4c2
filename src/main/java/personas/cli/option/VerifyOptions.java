package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * The flags of {@code verify}: those of {@code segment} that a replay can take. The getters without
 * a description are of flags that {@code verify} refuses, and the help does not show them.
 */
public interface VerifyOptions extends SegmentOptions {
  @Description("The model.json of a finished run.")
  String getModel();

  void setModel(String model);

  @Override
  String getOutput();

  @Override
  String getDataDate();

  @Override
  Integer getKeep();

  @Override
  String getFailOn();

  @Override
  boolean isOverwrite();

  @Override
  boolean isExplain();

  @Override
  boolean isExplainK();

  @Override
  boolean isResume();

  @Override
  boolean isDryRun();

  @Override
  @Default.String("out/dataflow-job.json")
  String getJobFile();
}
