package personas.persona;

import java.io.Serializable;

/**
 * What a cluster is called.
 *
 * @param cluster its index among the centroids that were matched
 * @param persona its name, unique in the run
 * @param declared whether the name is a declared persona's; else it was made
 * @param strategy the declared persona's; empty for a made name
 * @param fit how well the profile fits, 0..1; 0 for a made name
 * @param standsOut what sets it apart, strongest first
 * @param runnerUp the declared persona that fits second best; empty where there is none
 * @param runnerUpFit its fit
 * @param renamedFrom the name before a person gave this one; null if nobody did
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

  /** A persona that nobody renamed. */
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
