package personas.persona;

import java.io.Serializable;
import java.util.Objects;
import personas.math.Require;

/**
 * The persona of a cluster.
 *
 * @param cluster the index of the cluster among the matched centroids
 * @param persona the name of the persona, unique in the run
 * @param declared whether the spec declares the persona; otherwise the name was generated
 * @param strategy the strategy of the declared persona; empty for a generated name
 * @param fit how well the profile fits the cluster, 0..1; 0 for a generated name
 * @param standsOut the features that distinguish the cluster, the strongest first
 * @param runnerUp the declared persona that fits second best; {@link RunnerUp#NONE} if there is
 *     none
 * @param renamedFrom the name before a person renamed the persona; null if nobody renamed the
 *     persona
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
   * @param persona the name of the persona; empty if there is none
   * @param fit how well the profile of the persona fits, 0..1
   */
  public record RunnerUp(String persona, double fit) implements Serializable {
    /** No persona fits second best. */
    public static final RunnerUp NONE = new RunnerUp("", 0);
  }

  public ClusterPersona {
    Objects.requireNonNull(persona, "persona");
    Objects.requireNonNull(runnerUp, "runnerUp");
    Require.atLeast(0, "cluster", cluster);
  }

  /** Creates a persona that nobody renamed. */
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
