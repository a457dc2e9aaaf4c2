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
      "The number of tasks of a pass, 1..100000. Default: by the size of the input, 1 for less than"
          + " 16 MB, 8 from 64 MB on, and one for each 64 MB above 512 MB; 32 for a database.")
  Integer getSlots();

  void setSlots(Integer slots);

  @Description(
      "Dataflow: translates the job and writes it as JSON to --jobFile, but does not submit it.")
  boolean isDryRun();

  void setDryRun(boolean dryRun);

  @Description("The file in which a dry run writes the job.")
  @Default.String("out/dataflow-job.json")
  String getJobFile();

  void setJobFile(String jobFile);

  @Description(
      "A file for the graph of the first job, in the DOT language of Graphviz, before the runner"
          + " changes it.")
  String getJobGraph();

  void setJobGraph(String jobGraph);

  @Description(
      "The megabytes of a file that one task reads, 1..1024. Default: 16, and up to 64 for an input of"
          + " more than a gigabyte.")
  Integer getRangeMegabytes();

  void setRangeMegabytes(Integer rangeMegabytes);

  @Description(
      "The share of records, 0..1, that may be rejected; a run that rejects more fails before"
          + " anything is published. Overrides input.maxRejectedShare of the spec. Default: 0.05.")
  String getMaxRejectedShare();

  void setMaxRejectedShare(String maxRejectedShare);

  @Description(
      "Verdicts, separated by commas: review, refit, unconverged, rejected; score does not give"
          + " unconverged. If one of them applies, the run publishes and then ends with the exit code"
          + " of the verdict.")
  String getFailOn();

  void setFailOn(String failOn);

  @Description(
      "Continues a failed or killed run with the same output folder, if that run had read its input and"
          + " if the input, the spec and the flags are the same; otherwise starts anew and says why.")
  boolean isResume();

  void setResume(boolean resume);

  @Description(
      "Allows this command to replace the results of another segmentation in the output folder.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);

  @Description(
      "Adds two columns for each user: why explains the persona, and least_change is the least change"
          + " of actionable features that leads to the second persona.")
  boolean isExplain();

  void setExplain(boolean explain);

  @Description(
      "Also prints the cost of the passes: full passes, shards from memory and from staging, distances.")
  boolean isVerbose();

  void setVerbose(boolean verbose);
}
