package personas.export.typing;

import java.util.List;
import personas.model.Model.SpecReference;

/**
 * A typing tool and how well it types: all that {@code typing.json} says, in its order.
 *
 * @param format of the file, {@value #FORMAT}
 * @param program which program wrote it
 * @param spec which specification the model was trained by
 * @param seed of the hash that draws the sample
 * @param trainingUsers users of the sample that the tool was fitted to
 * @param heldOutUsers the other users of the sample
 * @param columns how many columns the search chose from
 * @param search {@code exhaustive} or {@code forward}
 * @param limit the largest number of columns that was allowed
 * @param target the share of users, 0..1, that was asked for
 * @param sizes the best columns of each size that was tried
 * @param reachesTarget whether the tool reaches the target in cross-validation
 * @param accuracy share of the held-out users, 0..1, whom the tool gives their persona
 * @param personas one for each persona, in the order of the model
 * @param tool the scores
 */
public record TypingResult(
    int format,
    String program,
    SpecReference spec,
    long seed,
    int trainingUsers,
    int heldOutUsers,
    int columns,
    String search,
    int limit,
    double target,
    List<Size> sizes,
    boolean reachesTarget,
    double accuracy,
    List<PersonaAccuracy> personas,
    TypingTool tool) {

  /** The version of the file. */
  public static final int FORMAT = 1;

  /**
   * The best columns of a size.
   *
   * @param columns their names
   * @param accuracy share of the training users, 0..1, that is right in cross-validation
   */
  public record Size(List<String> columns, double accuracy) {}

  /**
   * How well users of a persona are typed, counted over the held-out users.
   *
   * @param cluster the id of the cluster
   * @param persona its name
   * @param strategy the strategy of a declared persona; may be empty
   * @param users users of the persona
   * @param typed users whom the tool gives the persona
   * @param right users of both
   * @param recall {@code right / users}; null if there are none
   * @param precision {@code right / typed}; null if there are none
   */
  public record PersonaAccuracy(
      int cluster,
      String persona,
      String strategy,
      long users,
      long typed,
      long right,
      Double recall,
      Double precision) {}
}
