package personas.report.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import personas.kmeans.selection.PartitionKind;
import personas.kmeans.selection.SegmentTree;
import personas.model.KSelection;
import personas.model.Model;

/**
 * How the number of personas was chosen.
 *
 * @param chosen the k of the model; 0 where it was given, not chosen
 * @param answer which kind of answer the personas are; null where k was given, and where an earlier
 *     version wrote the model
 * @param meaning the answer in a sentence for a reader; empty where k was given
 * @param reason one sentence
 * @param candidates by ascending k
 * @param tree how the segments split and merge from k to k; null where k was given
 */
public record KComparison(
    int chosen,
    PartitionKind answer,
    String meaning,
    String reason,
    List<Candidate> candidates,
    @JsonInclude(JsonInclude.Include.NON_NULL) SegmentTree tree) {
  /** k was given. */
  public static final KComparison NONE = new KComparison(0, null, "", "", List.of(), null);

  public KComparison {
    candidates = List.copyOf(candidates);
  }

  /** What the model says; {@link #NONE} where k was given or the model is older than the choice. */
  public static KComparison of(Model model) {
    KSelection selection = model.kSelection();
    if (selection == null || selection.candidates().size() < 2) {
      return NONE;
    }
    return new KComparison(
        selection.chosen(),
        selection.answer(),
        meaning(selection.answer()),
        selection.reason(),
        selection.candidates().stream().map(KComparison::candidate).toList(),
        selection.tree());
  }

  private static Candidate candidate(KSelection.Row row) {
    return new Candidate(
        row.k(),
        row.inertia(),
        row.silhouette(),
        row.daviesBouldin(),
        row.calinskiHarabasz(),
        row.smallestShare(),
        row.stability(),
        row.valley(),
        row.answer(),
        row.stabilityLow(),
        row.stabilityMedian(),
        row.stabilityHigh(),
        row.explained());
  }

  private static String meaning(PartitionKind answer) {
    if (answer == null) {
      return "";
    }
    return switch (answer) {
      case FIXED -> "";
      case SEPARATE_GROUPS ->
          "The personas are separate groups: they are found again in other samples of the users, and"
              + " few users lie between two of them.";
      case USEFUL_SLICES ->
          "The personas are useful slices, not separate groups: the users form a continuum without"
              + " gaps, and other samples of them are cut in the same places. A user near a border is"
              + " much like a user across it.";
      case NO_STABLE_PARTITION ->
          "The personas are neither separate groups nor stable slices: the users form a continuum, and"
              + " another sample of them would be cut in other places.";
    };
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
   * @param answer which kind of answer the k is by itself
   * @param stabilityLow 19 of 20 bootstrap samples find each persona again at least so well, 0..1
   * @param stabilityMedian the same of half the samples
   * @param stabilityHigh the same of the best samples: 19 of 20 have at most this
   * @param explained share of the variance that lies between the personas, 0..1
   */
  public record Candidate(
      int k,
      Double inertia,
      Double silhouette,
      Double daviesBouldin,
      Double calinskiHarabasz,
      Double smallestShare,
      Double stability,
      Double valley,
      PartitionKind answer,
      Double stabilityLow,
      Double stabilityMedian,
      Double stabilityHigh,
      Double explained) {}
}
