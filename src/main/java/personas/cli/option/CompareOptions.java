package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code compare}. */
public interface CompareOptions extends CommandOptions {
  @Description(
      "The earlier one of what is compared: the folder of a finished run, or a table of users with labels, such as the clusters of another tool.")
  String getFrom();

  void setFrom(String from);

  @Description(
      "The later one of what is compared: the folder of a finished run, or a table of users with labels.")
  String getTo();

  void setTo(String to);

  @Description(
      "The column of --from with the ids of the users (default: the column that is named like one).")
  String getFromId();

  void setFromId(String column);

  @Description(
      "The column of --from with the labels of the users (default: persona, segment, cluster, label, group or class, else the only other column).")
  String getFromLabel();

  void setFromLabel(String column);

  @Description(
      "The column of --to with the ids of the users (default: the column that is named like one).")
  String getToId();

  void setToId(String column);

  @Description(
      "The column of --to with the labels of the users (default: persona, segment, cluster, label, group or class, else the only other column).")
  String getToLabel();

  void setToLabel(String column);

  @Description(
      "Allows results in a folder that holds those of another segmentation: they are replaced.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
