package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code init}. */
public interface InitOptions extends PipelineOptions {
  @Description("The table to inspect: a file or a glob of CSV, JSON lines, Avro or Parquet.")
  String getInput();

  void setInput(String input);

  @Description("The spec to write. Default: the name of the input with the ending .yaml.")
  String getOutput();

  void setOutput(String output);

  @Description("Allows init to replace an existing file.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
