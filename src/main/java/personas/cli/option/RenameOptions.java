package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code rename}. */
public interface RenameOptions extends PipelineOptions {
  @Description("The model.json in the folder of the finished run.")
  String getModel();

  void setModel(String model);

  @Description("The persona to rename, by its name in the run.")
  String getPersona();

  void setPersona(String persona);

  @Description("The new name; another persona of the run must not have it.")
  String getName();

  void setName(String name);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
