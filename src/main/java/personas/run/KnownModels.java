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
 * @param previousAssignments the pattern of the assignments of the previous run; null if no user is
 *     looked up there
 * @param scored the model that users are scored with; null if one is trained
 * @param margin the margin that holds users in their previous persona; null if nobody is held, or
 *     as long as the earlier runs have not chosen it
 * @param taken the candidate of a finished run that a person takes; null if the run trains
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

  /** A run that scores users with a saved model. */
  public static KnownModels score(ScoringModel model) {
    return new KnownModels(null, null, model, null, null);
  }

  /** These models, with a margin that holds users in their previous persona. */
  public KnownModels withMargin(StickinessPrice.Choice chosen) {
    return new KnownModels(previous, previousAssignments, scored, chosen, taken);
  }

  /** These models, with a candidate that a person takes instead of a training. */
  public KnownModels withTaken(TakenCandidate candidate) {
    return new KnownModels(previous, previousAssignments, scored, margin, candidate);
  }
}
