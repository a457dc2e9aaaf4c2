package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;

/**
 * What it costs that users keep their previous persona.
 *
 * @param margin a user changes persona only if the nearest centroid is nearer by more than this
 *     share of the distance to the centroid of the previous persona, 0..1
 * @param chosenBy who chose the margin: {@code spec}, {@code history}, or {@code default} if there
 *     were too few earlier runs to choose from
 * @param history what the earlier runs say of the margin; null if the spec gives it
 * @param heldUsers users who have their previous persona although another centroid is nearer
 * @param freeUsers the users of each cluster if each user had the persona of the nearest centroid
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

  /** The spec gives the margin. */
  public static final String BY_SPEC = "spec";

  /** The earlier runs gave the margin. */
  public static final String BY_HISTORY = "history";

  /** There are too few earlier runs, so the margin is 0. */
  public static final String BY_DEFAULT = "default";

  /**
   * The margin of a run.
   *
   * @param margin 0 to 1
   * @param chosenBy as in {@link StickinessPrice}
   * @param history null if the spec gives the margin
   */
  public record Choice(double margin, String chosenBy, History history) implements Serializable {}

  /**
   * What the earlier runs say of a margin.
   *
   * @param runs how many earlier runs were replayed
   * @param triples how often a user was in three runs in a row
   * @param freeFlipBacks in how many of these the user left a persona and returned to it, if the
   *     margin is 0
   * @param flipBacks the same with the chosen margin
   * @param maxFlipBack the largest share of the triples that was asked for, 0..1
   */
  public record History(
      int runs, long triples, long freeFlipBacks, long flipBacks, double maxFlipBack)
      implements Serializable {}

  /**
   * The price of a finished run.
   *
   * @param choice the margin of the run
   * @param heldUsers users who were held
   * @param freeUsers of each cluster whose centroid is the nearest one
   * @param inertia of the assignments
   * @param freeInertia of the nearest centroids
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

  /** The margin, and how it was chosen. */
  public Choice choice() {
    return new Choice(margin, chosenBy, history);
  }

  /** The inertia that holding users adds, as a share of the free inertia; 0 if that is 0. */
  public double addedShare() {
    return freeInertia == 0 ? 0 : inertia / freeInertia - 1;
  }
}
