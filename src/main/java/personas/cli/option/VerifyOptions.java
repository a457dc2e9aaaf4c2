package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/**
 * The flags of {@code verify}: the flags of {@code segment} that apply to a replay. Getters without
 * a description belong to flags that {@code verify} refuses; the help does not show these flags.
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
