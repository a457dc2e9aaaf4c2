package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code compare}. */
public interface CompareOptions extends CommandOptions {
  @Description(
      "The earlier run or table: the folder of a finished run, or a table of users with labels, such"
          + " as the clusters of another tool.")
  String getFrom();

  void setFrom(String from);

  @Description(
      "The later run or table: the folder of a finished run, or a table of users with labels.")
  String getTo();

  void setTo(String to);

  @Description(
      "The column of --from with the ids of the users. Default: the column that is named like an id.")
  String getFromId();

  void setFromId(String column);

  @Description(
      "The column of --from with the labels of the users. Default: persona, segment, cluster, label,"
          + " group or class, else the only other column.")
  String getFromLabel();

  void setFromLabel(String column);

  @Description(
      "The column of --to with the ids of the users. Default: the column that is named like an id.")
  String getToId();

  void setToId(String column);

  @Description(
      "The column of --to with the labels of the users. Default: persona, segment, cluster, label,"
          + " group or class, else the only other column.")
  String getToLabel();

  void setToLabel(String column);

  @Description(
      "Allows this command to replace the results of another segmentation in the output folder.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
