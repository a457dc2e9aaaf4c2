package personas.cli.option;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of the commands that read users. */
public interface JobOptions extends CommandOptions {
  @Description(
      "The files to read, a path or a glob; for segment it overrides input.path of the spec.")
  String getInput();

  void setInput(String input);

  @Description(
      "Tasks that a pass is cut into, 1..100000. Default: by the bytes of the input, 1 for less than"
          + " 16 MB, 8 from 64 MB on, and one for each 64 MB above 512 MB; 32 for a database.")
  Integer getSlots();

  void setSlots(Integer slots);

  @Description(
      "Dataflow: translates the job and writes it as JSON to --jobFile, but does not submit it.")
  boolean isDryRun();

  void setDryRun(boolean dryRun);

  @Description("Where a dry run writes the job.")
  @Default.String("out/dataflow-job.json")
  String getJobFile();

  void setJobFile(String jobFile);

  @Description(
      "Writes the graph of the first job to this file, in the DOT language of Graphviz, before the"
          + " runner gets it.")
  String getJobGraph();

  void setJobGraph(String jobGraph);

  @Description(
      "Megabytes of a file that one task reads, 1..1024. Default: 16, for an input of more than a"
          + " gigabyte up to 64.")
  Integer getRangeMegabytes();

  void setRangeMegabytes(Integer rangeMegabytes);

  @Description(
      "The share of the records, 0..1, that may be rejected; a run that rejects more fails before"
          + " anything is published. Overrides the spec; 0.05 for a score.")
  String getMaxRejectedShare();

  void setMaxRejectedShare(String maxRejectedShare);

  @Description(
      "Verdicts, joined by commas: review, refit, unconverged, rejected; for score: rejected. If one of"
          + " them applies, the run publishes and then ends with the exit code of the verdict.")
  String getFailOn();

  void setFailOn(String failOn);

  @Description(
      "Continues the run into the same folder that failed or was killed, if it had read its input, and"
          + " if the input, the spec and the flags are the same; else starts anew and says why.")
  boolean isResume();

  void setResume(boolean resume);

  @Description(
      "Allows results in a folder that holds those of another segmentation: they are replaced.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);

  @Description(
      "Also writes for each user why it has its persona, and the least change of its actionable"
          + " features that gives it the second persona: the columns why and least_change.")
  boolean isExplain();

  void setExplain(boolean explain);

  @Description("Also prints what the passes cost: full passes, and shards from memory and staging.")
  boolean isVerbose();

  void setVerbose(boolean verbose);
}
