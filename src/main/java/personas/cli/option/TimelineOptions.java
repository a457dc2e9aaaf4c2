package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code timeline}. */
public interface TimelineOptions extends PipelineOptions {
  @Description("A pattern of the folders of finished runs, such as 'out/shop/2026-*'.")
  String getRuns();

  void setRuns(String runs);

  @Description("The folder for timeline.html and timeline.json.")
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
