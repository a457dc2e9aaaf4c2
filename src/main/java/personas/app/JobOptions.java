package personas.app;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of the commands that read users. */
public interface JobOptions extends CommandOptions {
  @Description(
      "The files to read, a path or a glob; for segment it overrides input.path of the spec.")
  String getInput();

  void setInput(String input);

  @Description(
      "Tasks that a pass is cut into, 1..1000. Default: twice the cores of this machine, on"
          + " Dataflow 32; fewer for a small input.")
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
      "false: shards are staged as files. By default they stay in memory where the job runs in this"
          + " process and the input is small beside the heap.")
  @Default.Boolean(true)
  boolean isStageInMemory();

  void setStageInMemory(boolean stageInMemory);

  @Description("Megabytes of a file that one task reads, 1..1024.")
  @Default.Integer(16)
  int getRangeMegabytes();

  void setRangeMegabytes(int rangeMegabytes);

  @Description(
      "The share of the records, 0..1, that may be rejected; a run that rejects more fails before"
          + " anything is published. Overrides the spec; 0.05 for a score.")
  String getMaxRejectedShare();

  void setMaxRejectedShare(String maxRejectedShare);

  @Description(
      "Allows results in a folder that holds those of another segmentation: they are replaced.")
  boolean isOverwrite();

  void setOverwrite(boolean overwrite);
}
