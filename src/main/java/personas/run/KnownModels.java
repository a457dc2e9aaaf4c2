package personas.run;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import personas.model.StickinessPrice;
import personas.model.compare.PreviousModel;
import personas.model.score.ScoringModel;
import personas.model.train.TakenCandidate;

/** The models that a run starts from. */
public sealed interface KnownModels extends Serializable {

  /** A run that scores users with a saved model. */
  record Scoring(ScoringModel scoringModel) implements KnownModels {
    public Scoring {
      Objects.requireNonNull(scoringModel, "scoringModel");
    }

    @Override
    public PreviousRun previousRun() {
      return PreviousRun.NONE;
    }
  }

  /** A run that trains a model. */
  record Training(PreviousRun previousRun) implements KnownModels {
    public Training {
      Objects.requireNonNull(previousRun, "previousRun");
    }

    @Override
    public KnownModels withMargin(StickinessPrice.Choice margin) {
      return new Training(previousRun.withMargin(margin));
    }

    @Override
    public KnownModels withTakenCandidate(TakenCandidate candidate) {
      return new Choosing(previousRun, candidate);
    }
  }

  /** A run whose model is a candidate that a person chose in a finished run. */
  record Choosing(PreviousRun previousRun, TakenCandidate candidate) implements KnownModels {
    public Choosing {
      Objects.requireNonNull(previousRun, "previousRun");
      Objects.requireNonNull(candidate, "candidate");
    }

    @Override
    public Optional<TakenCandidate> takenCandidate() {
      return Optional.of(candidate);
    }

    @Override
    public KnownModels withMargin(StickinessPrice.Choice margin) {
      return new Choosing(previousRun.withMargin(margin), candidate);
    }
  }

  /**
   * The parts of the previous run that a run uses.
   *
   * @param model the model; null without a previous run
   * @param assignments the pattern of the assignments; null if the run does not look up previous
   *     users
   * @param margin the margin that holds users in their previous persona; null if no user is held,
   *     or until the earlier runs have chosen the margin
   */
  record PreviousRun(PreviousModel model, String assignments, StickinessPrice.Choice margin)
      implements Serializable {

    /** No previous run. */
    public static final PreviousRun NONE = new PreviousRun(null, null, null);

    public PreviousRun {
      if ((assignments != null && model == null) || (margin != null && assignments == null)) {
        throw new IllegalArgumentException(
            "a margin needs previous assignments, and these need the model of their run");
      }
    }

    private PreviousRun withMargin(StickinessPrice.Choice chosen) {
      return new PreviousRun(model, assignments, chosen);
    }
  }

  /** Returns the models of a run that trains without a previous run. */
  static KnownModels none() {
    return new Training(PreviousRun.NONE);
  }

  /** Returns the previous run; {@link PreviousRun#NONE} for a score. */
  PreviousRun previousRun();

  /**
   * Returns the model that users are scored with.
   *
   * @throws IllegalStateException if the run does not score users
   */
  default ScoringModel scoringModel() {
    throw new IllegalStateException("the run does not score users");
  }

  /** Returns the candidate of a finished run that replaces the training; empty for other runs. */
  default Optional<TakenCandidate> takenCandidate() {
    return Optional.empty();
  }

  /** Returns the model of the previous run; null if there is none. */
  default PreviousModel previous() {
    return previousRun().model();
  }

  /**
   * Returns these models with a margin that holds users in their previous persona.
   *
   * @throws IllegalStateException if the run scores users
   */
  default KnownModels withMargin(StickinessPrice.Choice margin) {
    throw new IllegalStateException("a score does not hold users");
  }

  /**
   * Returns these models with a candidate that a person chose, which replaces the training.
   *
   * @throws IllegalStateException if the run does not train a model
   */
  default KnownModels withTakenCandidate(TakenCandidate candidate) {
    throw new IllegalStateException("the run does not train a model");
  }
}
