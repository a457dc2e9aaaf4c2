package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code segment}; those that also stand in the spec override it. */
public interface SegmentOptions extends JobOptions {
  @Description(
      "The segmentation to run: a YAML file. Default: the spec of the previous run with"
          + " --previousModel, else a spec that is made for --input, else the spec of the sample.")
  String getSpec();

  void setSpec(String spec);

  @Description("The date of the data, like 2026-10-31: the report shows it.")
  String getDataDate();

  void setDataDate(String dataDate);

  @Description(
      "The run to go on from: a folder, which stands for --previousModel and --previousAssignments of"
          + " that run; or latest, with {dataDate} in --output: the run in use, and none for the"
          + " first date.")
  String getPrevious();

  void setPrevious(String previous);

  @Description(
      "With {dataDate} in --output: how many runs to keep, 1..10000. The results of older ones are"
          + " deleted after this run has published.")
  Integer getKeep();

  void setKeep(Integer keep);

  @Description(
      "The model.json of an earlier run: the passes start from its centroids or from a fresh seeding,"
          + " whichever is better.")
  String getPreviousModel();

  void setPreviousModel(String previousModel);

  @Description(
      "The assignments-*.csv of the run that --previousModel is of, a glob: the new assignments say"
          + " who changed, drift.json how many went where.")
  String getPreviousAssignments();

  void setPreviousAssignments(String previousAssignments);

  @Description(
      "The folders of earlier runs, a glob, in the order of their names: with stickiness: {margin: auto}"
          + " in the spec, their users choose the margin.")
  String getHistory();

  void setHistory(String history);

  @Description(
      "Number of clusters: a number, a range like 2..10 to choose from, or auto, which is 2..16;"
          + " overrides clustering.k of the spec.")
  String getK();

  void setK(String k);

  @Description(
      "With a range of k: iterates every candidate to its end and keeps the centroids of all, so that"
          + " choose can take another k without a training.")
  boolean isExplainK();

  void setExplainK(boolean explainK);

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
      "Iterations that one job unrolls before the next job starts, 1..50. Default: 5; for a template,"
          + " which no further job can follow, 20.")
  Integer getIterationsPerJob();

  void setIterationsPerJob(Integer iterationsPerJob);
}
