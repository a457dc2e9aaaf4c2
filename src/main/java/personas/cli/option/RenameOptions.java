package personas.cli.option;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The flags of {@code rename}. */
public interface RenameOptions extends PipelineOptions {
  @Description("The model.json of the finished run; its results lie beside it.")
  String getModel();

  void setModel(String model);

  @Description("The persona to rename, by its name in the run.")
  String getPersona();

  void setPersona(String persona);

  @Description("The new name, which no other persona of the run has.")
  String getName();

  void setName(String name);

  @Description("Prints errors only.")
  boolean isQuiet();

  void setQuiet(boolean quiet);
}
