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
 * A finished score. The components are the keys of {@code score.json}, in their order.
 *
 * @param format the version of the file format
 * @param program the program that wrote the file, with its version
 * @param model the name of the spec of the training
 * @param digest the digest of the spec of the training
 * @param inertia sum of squared distances of the users to their centroids, in standard deviations
 *     of the training
 * @param ledger the numbers of records read, assigned and rejected
 * @param personas one entry for each cluster of the model, in the order of the model
 * @param drift the drift of the users since the training; null if the model does not hold the
 *     distribution of its users, or if no user was assigned
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
   * One cluster of the model with the users assigned to it.
   *
   * @param id the id of the cluster
   * @param persona the name of the persona
   * @param users number of users
   * @param share share of all assigned users, 0..1
   */
  public record ScoredPersona(int id, String persona, long users, double share) {}

  /**
   * Returns the result of the final pass.
   *
   * @param model the model
   * @param totals the totals of the assignment
   * @param values the values of the users, counted in the bins of the training; null if the model
   *     has no bins
   * @param ledger the counts of the records of all sources
   * @param rejectedColumns rejected records by reason and column
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
              model.personas().clusters().get(j).persona(),
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
