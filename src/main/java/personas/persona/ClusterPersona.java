package personas.persona;

import java.io.Serializable;

/**
 * The persona of a cluster.
 *
 * @param cluster the index of the cluster among the matched centroids
 * @param persona the name of the persona, unique in the run
 * @param declared whether the spec declares the persona; otherwise the name is generated
 * @param strategy the strategy of the declared persona; empty for a generated name
 * @param fit the fit of the declared profile, 0..1; 0 for a generated name
 * @param standsOut a description of the most distinctive features, strongest first
 * @param runnerUp the declared persona that fits second best; empty if there is none
 * @param runnerUpFit the fit of that persona, 0..1
 * @param renamedFrom the name before a person renamed the persona; null if nobody did
 */
public record ClusterPersona(
    int cluster,
    String persona,
    boolean declared,
    String strategy,
    double fit,
    String standsOut,
    String runnerUp,
    double runnerUpFit,
    String renamedFrom)
    implements Serializable {

  /** Creates a persona that nobody renamed. */
  public ClusterPersona(
      int cluster,
      String persona,
      boolean declared,
      String strategy,
      double fit,
      String standsOut,
      String runnerUp,
      double runnerUpFit) {
    this(cluster, persona, declared, strategy, fit, standsOut, runnerUp, runnerUpFit, null);
  }
}
