package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code compare}. */
public interface CompareOptions extends CommandOptions {
  @Description("compare: the folder of the earlier run.")
  String getFrom();

  void setFrom(String from);

  @Description("compare: the folder of the later run.")
  String getTo();

  void setTo(String to);

  @Description(
      "Allows results in a folder that holds those of another segmentation: they are replaced.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
