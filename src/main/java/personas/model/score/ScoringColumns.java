package personas.model.score;

import java.io.Serializable;
import java.util.List;
import personas.feature.TextSyntax;
import personas.feature.UserSchema;
import personas.model.Model;
import personas.model.TrainingContext;

/**
 * The columns that a score reads in addition to the features of the model.
 *
 * @param id the column that identifies a user; {@code none} for no id; null for the column of the
 *     training
 * @param passThrough columns that are copied; null for the columns of the training
 */
public record ScoringColumns(String id, List<String> passThrough) implements Serializable {
  public ScoringColumns {
    passThrough = passThrough == null ? null : List.copyOf(passThrough);
  }

  /** Returns whether the id column is known. Models of early versions do not hold it. */
  public boolean suffice(Model model) {
    return id != null || model.handover() != null;
  }

  /**
   * Returns the columns that a score with a model reads.
   *
   * @throws IllegalArgumentException if a feature of the model is not valid, or if the id column is
   *     not known
   */
  public UserSchema schema(Model model) {
    if (!suffice(model)) {
      throw new IllegalArgumentException(
          "the model does not say which column is the id; give --id");
    }
    TrainingContext handover = model.handover();
    String column = id == null ? handover.id() : id;
    List<String> ofTraining = handover == null ? List.of() : handover.passThrough();
    return new UserSchema(
        "none".equals(column) ? null : column,
        ScoringModel.features(model),
        passThrough == null ? ofTraining : passThrough,
        TextSyntax.orDefault(handover == null ? null : handover.syntax()));
  }
}
