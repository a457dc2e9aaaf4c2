package personas.run;

import java.io.Serializable;
import personas.model.StickinessPrice;
import personas.model.compare.PreviousModel;
import personas.model.score.ScoringModel;
import personas.model.train.TakenCandidate;

/**
 * The models that a run starts from.
 *
 * @param previous the model of the previous run; null if there is none
 * @param previousAssignments the pattern of the assignments of the previous run; null if the run
 *     does not look up previous users
 * @param scored the model that users are scored with; null if the run trains a model
 * @param margin the margin that holds users in their previous persona; null if no user is held, or
 *     until the earlier runs have chosen the margin
 * @param taken the candidate of a finished run that a person chose; null if the run trains a model
 */
public record KnownModels(
    PreviousModel previous,
    String previousAssignments,
    ScoringModel scored,
    StickinessPrice.Choice margin,
    TakenCandidate taken)
    implements Serializable {

  /** A run that starts from no model. */
  public static final KnownModels NONE = new KnownModels(null, null, null, null, null);

  /** Returns the models of a run that scores users with a saved model. */
  public static KnownModels score(ScoringModel model) {
    return new KnownModels(null, null, model, null, null);
  }

  /** Returns these models with a margin that holds users in their previous persona. */
  KnownModels withMargin(StickinessPrice.Choice chosen) {
    return new KnownModels(previous, previousAssignments, scored, chosen, taken);
  }

  /** Returns these models with a candidate that a person chose, which replaces the training. */
  public KnownModels withTaken(TakenCandidate candidate) {
    return new KnownModels(previous, previousAssignments, scored, margin, candidate);
  }
}
