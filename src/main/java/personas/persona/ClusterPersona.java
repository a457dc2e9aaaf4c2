package personas.persona;

import java.io.Serializable;
import java.util.Objects;

/**
 * The persona of a cluster.
 *
 * @param cluster its index among the centroids that were matched
 * @param persona its name, unique in the run
 * @param declared whether the name is a declared persona's; else it was made
 * @param strategy the declared persona's; empty for a made name
 * @param fit how well the profile fits, 0..1; 0 for a made name
 * @param standsOut what sets it apart, strongest first
 * @param runnerUp the declared persona that fits second best; {@link RunnerUp#NONE} without one
 * @param renamedFrom the name before a person gave this one; null if nobody did
 */
public record ClusterPersona(
    int cluster,
    String persona,
    boolean declared,
    String strategy,
    double fit,
    String standsOut,
    RunnerUp runnerUp,
    String renamedFrom)
    implements Serializable {

  /**
   * The declared persona that fits a cluster second best.
   *
   * @param persona its name; empty if there is none
   * @param fit how well its profile fits, 0..1
   */
  public record RunnerUp(String persona, double fit) implements Serializable {
    /** No persona fits second best. */
    public static final RunnerUp NONE = new RunnerUp("", 0);
  }

  public ClusterPersona {
    Objects.requireNonNull(persona, "persona");
    Objects.requireNonNull(runnerUp, "runnerUp");
    if (cluster < 0) {
      throw new IllegalArgumentException("cluster: " + cluster + " is below 0");
    }
  }

  /** A persona that nobody renamed. */
  public ClusterPersona(
      int cluster,
      String persona,
      boolean declared,
      String strategy,
      double fit,
      String standsOut,
      RunnerUp runnerUp) {
    this(cluster, persona, declared, strategy, fit, standsOut, runnerUp, null);
  }
}
