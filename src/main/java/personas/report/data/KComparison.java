package personas.report.data;

import java.util.List;
import personas.model.Model;

/**
 * How the number of personas was chosen.
 *
 * @param chosen the k of the model; 0 where it was given, not chosen
 * @param reason one sentence
 * @param candidates by ascending k
 */
public record KComparison(int chosen, String reason, List<Candidate> candidates) {
  /** k was given. */
  public static final KComparison NONE = new KComparison(0, "", List.of());

  public KComparison {
    candidates = List.copyOf(candidates);
  }

  /** What the model says; {@link #NONE} where k was given or the model is older than the choice. */
  public static KComparison of(Model model) {
    if (model.kSelection() == null || model.kSelection().candidates().size() < 2) {
      return NONE;
    }
    return new KComparison(
        model.kSelection().chosen(),
        model.kSelection().reason(),
        model.kSelection().candidates().stream()
            .map(
                row ->
                    new Candidate(
                        row.k(),
                        row.inertia(),
                        row.silhouette(),
                        row.daviesBouldin(),
                        row.calinskiHarabasz(),
                        row.smallestShare(),
                        row.stability(),
                        row.valley()))
            .toList());
  }

  /**
   * One k that was tried. A figure that was not computed is null.
   *
   * @param k clusters
   * @param inertia sum of squared distances, standardised units
   * @param silhouette mean, squared Euclidean, -1..1
   * @param daviesBouldin smaller is better
   * @param calinskiHarabasz larger is better
   * @param smallestShare of the smallest cluster, 0..1
   * @param stability bootstrap Jaccard of the least stable cluster, 0..1; of a sample
   * @param valley between the two neighbouring clusters that are least apart, of a sample; 0.2 to
   *     0.5 where they are two halves of one heap
   */
  public record Candidate(
      int k,
      Double inertia,
      Double silhouette,
      Double daviesBouldin,
      Double calinskiHarabasz,
      Double smallestShare,
      Double stability,
      Double valley) {}
}
