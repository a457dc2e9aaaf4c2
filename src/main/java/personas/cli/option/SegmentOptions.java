package personas.cli.option;

import org.apache.beam.sdk.options.Description;

/** The flags of {@code segment}. A flag that is also a key of the spec overrides the key. */
public interface SegmentOptions extends JobOptions {
  @Description(
      "The spec of the segmentation: a YAML file. Default: with --previousModel the spec of the previous"
          + " run, else a spec that is made for --input, else the spec of the sample.")
  String getSpec();

  void setSpec(String spec);

  @Description("The date of the data, like 2026-10-31. The report shows this date.")
  String getDataDate();

  void setDataDate(String dataDate);

  @Description(
      "The run to continue from. A folder sets --previousModel and --previousAssignments to the files"
          + " of the run in it. The word latest means the run in use if its date is earlier, else the"
          + " last run of an earlier date; it needs {dataDate} in --output.")
  String getPrevious();

  void setPrevious(String previous);

  @Description(
      "The number of runs to keep, 1..10000. The results of older runs are deleted after this run has"
          + " published. Needs {dataDate} in --output.")
  Integer getKeep();

  void setKeep(Integer keep);

  @Description(
      "The model.json of an earlier run. The iteration starts from its centroids or from new seeding,"
          + " whichever is better.")
  String getPreviousModel();

  void setPreviousModel(String previousModel);

  @Description(
      "A glob for the assignments-*.csv of the run of --previousModel. The new assignments then show the"
          + " previous persona of each user, and drift.json counts the users who moved between personas.")
  String getPreviousAssignments();

  void setPreviousAssignments(String previousAssignments);

  @Description(
      "A glob for the folders of earlier runs, in the order of their names. With stickiness: {margin:"
          + " auto} in the spec, the margin is chosen from the users of these runs.")
  String getHistory();

  void setHistory(String history);

  @Description(
      "The number of clusters: a number, a range like 2..10 to choose from, or auto, which is 2..16."
          + " Overrides clustering.k of the spec.")
  String getK();

  void setK(String k);

  @Description(
      "With a range of k: iterates every candidate until it has converged and keeps all centroids, so"
          + " that the command choose can change k without a new training.")
  boolean isExplainK();

  void setExplainK(boolean explainK);

  @Description(
      "The iteration has converged if no centroid moves more than this number of standard deviations."
          + " With 0, no centroid may move. Overrides clustering.tolerance of the spec.")
  String getTolerance();

  void setTolerance(String tolerance);

  @Description("The largest number of iterations. Overrides clustering.maxIterations of the spec.")
  String getMaxIterations();

  void setMaxIterations(String maxIterations);

  @Description(
      "The maximum number of starts that seeding tries. Overrides clustering.restarts of the spec.")
  String getRestarts();

  void setRestarts(String restarts);

  @Description(
      "With a range of k: the smallest share of users that a cluster may have, 0..0.5. Overrides"
          + " clustering.minSegmentShare of the spec.")
  String getMinSegmentShare();

  void setMinSegmentShare(String minSegmentShare);

  @Description(
      "The largest number of questions, 1..6, that the rules in the report ask about one user."
          + " Default: 3, or more if 8 rules are too few for the personas.")
  Integer getRuleDepth();

  void setRuleDepth(Integer ruleDepth);

  @Description(
      "The SQL dialect of the rules in the report: bigquery, postgres, snowflake, mysql or duckdb. Default:"
          + " standard SQL with quotes only around names that need quotes.")
  String getDialect();

  void setDialect(String dialect);

  @Description(
      "The number of iterations that one job unrolls before the next job starts, 1..50. Default: 3 on the"
          + " direct runner, otherwise 5; 20 if the run has one job, as in a template.")
  Integer getIterationsPerJob();

  void setIterationsPerJob(Integer iterationsPerJob);
}
