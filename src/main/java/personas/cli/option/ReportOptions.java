package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code report}. */
public interface ReportOptions extends PipelineOptions {
  @Description("The model.json of the finished run; its report.json lies beside it.")
  String getModel();

  void setModel(String model);

  @Description("The folder to draw the report in. Default: that of the model.")
  String getOutput();

  void setOutput(String output);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);

  @Description(
      "Allows results in a folder that holds those of another segmentation: they are replaced.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
