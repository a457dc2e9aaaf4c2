package personas.export.typing;

import java.util.List;
import personas.model.Model.SpecReference;

/**
 * A typing tool and its accuracy: the content of {@code typing.json}, in order.
 *
 * @param format the version of the file, {@value #FORMAT}
 * @param program the name and version of the program that wrote the file
 * @param spec the spec that the model was trained with
 * @param seed the seed of the hash that draws the sample
 * @param trainingUsers the number of users that the tool was fitted to
 * @param heldOutUsers the number of other users in the sample
 * @param columns the number of columns that the search chose from
 * @param search {@code exhaustive} or {@code forward}
 * @param limit the maximum number of columns
 * @param target the requested share of users, 0..1, that get their persona
 * @param sizes the best columns of each size that was tried
 * @param reachesTarget whether the tool reaches the target in cross-validation
 * @param accuracy the share of the held-out users, 0..1, to whom the tool gives their persona
 * @param personas the accuracy of each persona, in the order of the model
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
   * @param columns the names of the columns
   * @param accuracy the share of training users, 0..1, to whom cross-validation gives their persona
   */
  public record Size(List<String> columns, double accuracy) {}

  /**
   * The accuracy of one persona over the held-out users.
   *
   * @param cluster the id of the cluster
   * @param persona the name of the persona
   * @param strategy the strategy of a declared persona; may be empty
   * @param users the number of users of the persona
   * @param typed the number of users to whom the tool gives the persona
   * @param right the number of users of the persona to whom the tool gives it
   * @param recall {@code right / users}; null without users
   * @param precision {@code right / typed}; null without typed users
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
