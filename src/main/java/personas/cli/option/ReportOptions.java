package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code report}. */
public interface ReportOptions extends PipelineOptions {
  @Description("The model.json of the finished run; report.json must be in the same folder.")
  String getModel();

  void setModel(String model);

  @Description("The folder for the report. Default: the folder of the model.")
  String getOutput();

  void setOutput(String output);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);

  @Description(
      "Allows this command to replace the results of another segmentation in the output folder.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
