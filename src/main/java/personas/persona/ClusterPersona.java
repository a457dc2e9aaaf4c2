package personas.persona;

import java.io.Serializable;
import java.util.Objects;
import personas.math.Require;

/**
 * The persona of a cluster.
 *
 * @param cluster the index of the cluster in the order of the centroids
 * @param name the name of the persona
 * @param fit how well the profile of the declared persona fits the cluster, 0..1; 0 for a generated
 *     name
 * @param standsOut a text that names the features that distinguish the cluster, the strongest first
 * @param runnerUp the declared persona that fits second best; {@link RunnerUp#NONE} if there is
 *     none
 */
public record ClusterPersona(
    int cluster, Name name, double fit, String standsOut, RunnerUp runnerUp)
    implements Serializable {

  /**
   * The name of a persona and where it comes from.
   *
   * @param text the name, unique in the run
   * @param isDeclared whether the spec declares the persona; otherwise the name was generated
   * @param strategy the strategy of the declared persona; empty for a generated name
   * @param renamedFrom the name before a person renamed the persona; null if nobody renamed the
   *     persona
   */
  public record Name(String text, boolean isDeclared, String strategy, String renamedFrom)
      implements Serializable {
    public Name {
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(strategy, "strategy");
    }
  }

  /**
   * The declared persona that fits a cluster second best.
   *
   * @param persona the name of the persona; empty if there is none
   * @param fit how well the profile of the persona fits, 0..1
   */
  public record RunnerUp(String persona, double fit) implements Serializable {
    /** No persona fits second best. */
    public static final RunnerUp NONE = new RunnerUp("", 0);

    public RunnerUp {
      Objects.requireNonNull(persona, "persona");
    }
  }

  public ClusterPersona {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(runnerUp, "runnerUp");
    Require.atLeast(0, "cluster", cluster);
  }

  /** Returns the name of the persona. */
  public String persona() {
    return name.text;
  }
}
