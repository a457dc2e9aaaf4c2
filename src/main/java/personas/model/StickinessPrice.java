package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * The cost of stickiness, which keeps users in their previous persona.
 *
 * @param margin a user changes persona only if the nearest centroid is nearer by more than this
 *     share of the distance to the centroid of the previous persona, 0..1
 * @param chosenBy what chose the margin: {@code spec}, {@code history}, or {@code default} if there
 *     were too few earlier runs to choose from
 * @param history the replay of earlier runs that chose the margin; null if the spec gives the
 *     margin
 * @param heldUsers number of users that keep their previous persona although another centroid is
 *     nearer
 * @param freeUsers number of users whose nearest centroid is the centroid of each cluster, in the
 *     order of the clusters
 * @param inertia sum of the squared distances of the users to the centroids of their personas, in
 *     standardized units; exact
 * @param freeInertia the same sum if each user had the persona of the nearest centroid; exact
 */
public record StickinessPrice(
    double margin,
    String chosenBy,
    @JsonInclude(JsonInclude.Include.NON_NULL) History history,
    long heldUsers,
    List<Long> freeUsers,
    double inertia,
    double freeInertia) {

  /** The value of {@code chosenBy} if the spec gives the margin. */
  public static final String BY_SPEC = "spec";

  /** The value of {@code chosenBy} if earlier runs give the margin. */
  public static final String BY_HISTORY = "history";

  /** The value of {@code chosenBy} if there are too few earlier runs, so that the margin is 0. */
  public static final String BY_DEFAULT = "default";

  /**
   * The margin of a run, and how it was chosen.
   *
   * @param margin as in {@link StickinessPrice}, 0..1
   * @param chosenBy as in {@link StickinessPrice}
   * @param history null if the spec gives the margin
   */
  public record Choice(double margin, String chosenBy, History history) implements Serializable {}

  /**
   * The replay of earlier runs with a margin.
   *
   * @param runs number of earlier runs that were replayed
   * @param triples number of times that a user occurs in three consecutive runs
   * @param freeFlipBacks number of triples in which the user left a persona and returned to it,
   *     with the margin 0
   * @param flipBacks number of triples in which the user left a persona and returned to it, with
   *     the chosen margin
   * @param maxFlipBack the largest allowed share of flip-backs among the triples, 0..1
   */
  public record History(
      int runs, long triples, long freeFlipBacks, long flipBacks, double maxFlipBack)
      implements Serializable {}

  /**
   * Returns the price of a finished run.
   *
   * @param choice the margin of the run
   * @param heldUsers number of users that keep their previous persona although another centroid is
   *     nearer
   * @param freeUsers number of users whose nearest centroid is the centroid of each cluster, in the
   *     order of the clusters
   * @param inertia the inertia of the assignments, in standardized units
   * @param freeInertia the inertia if each user had the persona of the nearest centroid
   */
  public static StickinessPrice of(
      Choice choice, long heldUsers, List<Long> freeUsers, double inertia, double freeInertia) {
    return new StickinessPrice(
        choice.margin(),
        choice.chosenBy(),
        choice.history(),
        heldUsers,
        freeUsers,
        inertia,
        freeInertia);
  }

  /** Returns the margin, and how it was chosen. */
  public Choice choice() {
    return new Choice(margin, chosenBy, history);
  }

  /**
   * Returns the inertia that holding users adds, as a share of the free inertia; 0 if the free
   * inertia is 0.
   */
  public double addedShare() {
    return freeInertia == 0 ? 0 : inertia / freeInertia - 1;
  }
}
