package personas.app;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The flags of {@code segment}; those that also stand in the spec override it. */
public interface SegmentOptions extends CommandOptions {
  @Description("The segmentation to run: a YAML file. Default: the image platform's.")
  String getSpec();

  void setSpec(String spec);

  @Description("The files to read, a path or a glob; overrides input.path of the spec.")
  String getInput();

  void setInput(String input);

  @Description("The date of the data, like 2026-10-31: the report shows it.")
  String getDataDate();

  void setDataDate(String dataDate);

  @Description(
      "The model.json of an earlier run: the passes start from its centroids or from a fresh seeding,"
          + " whichever is better.")
  String getPreviousModel();

  void setPreviousModel(String previousModel);

  @Description(
      "Number of clusters: a number, a range like 2..10 to choose from, or auto, which is 2..16;"
          + " overrides clustering.k of the spec.")
  String getK();

  void setK(String k);

  @Description(
      "Converged when no centroid moves more than this many standard deviations; 0: when none moves"
          + " at all. Overrides clustering.tolerance of the spec.")
  String getTolerance();

  void setTolerance(String tolerance);

  @Description("Passes that are allowed; overrides clustering.maxIterations of the spec.")
  String getMaxIterations();

  void setMaxIterations(String maxIterations);

  @Description("Starts that seeding tries; overrides clustering.restarts of the spec.")
  String getRestarts();

  void setRestarts(String restarts);

  @Description(
      "Where k is chosen: the least share of the users that a cluster may have, 0..0.5. Overrides"
          + " clustering.minSegmentShare of the spec.")
  String getMinSegmentShare();

  void setMinSegmentShare(String minSegmentShare);

  @Description(
      "Passes that one job unrolls before the next round starts, 1..50. Default: 8; 20 for a"
          + " template, which no round can follow.")
  Integer getIterationsPerJob();

  void setIterationsPerJob(Integer iterationsPerJob);

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

  @Description("Megabytes of a file that one task reads, 1..1024.")
  @Default.Integer(16)
  int getRangeMegabytes();

  void setRangeMegabytes(int rangeMegabytes);
}
