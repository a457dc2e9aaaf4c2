package personas.model.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import personas.feature.moments.FeatureHistogram;
import personas.kmeans.ClusterTotals;
import personas.model.Model.Ledger;
import personas.model.ProgramName;
import personas.model.compare.ScoreDrift;
import personas.model.table.LedgerCounts;
import personas.table.ledger.RejectedColumn;
import personas.table.ledger.SourceLedger;

/**
 * A finished score: all that {@code score.json} says, in its order.
 *
 * @param format of the file; 1
 * @param program which program wrote it
 * @param model name of the segmentation that the model was trained by
 * @param digest of that segmentation
 * @param inertia sum of squared distances of the users to their centroid, in the model's standard
 *     deviations
 * @param ledger how many records were read, assigned and rejected
 * @param personas one a cluster of the model, in its order
 * @param drift how far the users are from those of the training; null if the model does not say how
 *     their values are spread, and if no user was assigned
 */
public record ScoreResult(
    int format,
    String program,
    String model,
    String digest,
    double inertia,
    Ledger ledger,
    List<ScoredPersona> personas,
    @JsonInclude(JsonInclude.Include.NON_NULL) ScoreDrift drift) {
  /** The name of the file. */
  public static final String FILE = "score.json";

  private static final int FORMAT = 1;

  /**
   * One cluster of the model and who is nearest to it now.
   *
   * @param share of all assigned users, 0..1
   */
  public record ScoredPersona(int id, String persona, long users, double share) {}

  /**
   * What the final pass added up to.
   *
   * @param values of the users, counted at the points of the training; null if the model has none
   */
  public static ScoreResult of(
      ScoringModel model,
      ClusterTotals totals,
      FeatureHistogram values,
      SourceLedger ledger,
      List<RejectedColumn> rejectedColumns) {
    List<ScoredPersona> personas = new ArrayList<>();
    for (int j = 0; j < totals.k(); j++) {
      personas.add(
          new ScoredPersona(
              model.ids()[j],
              model.personas().tags().get(j).persona(),
              totals.users(j),
              (double) totals.users(j) / totals.users()));
    }
    return new ScoreResult(
        FORMAT,
        ProgramName.TEXT,
        model.name(),
        model.digest(),
        totals.inertia(),
        LedgerCounts.of(ledger, model.schema().features(), rejectedColumns),
        personas,
        values == null
            ? null
            : ScoreDrift.ofOrNull(
                model.trainedUsersOrNull(),
                values,
                personas.stream().map(ScoredPersona::users).toList()));
  }
}
