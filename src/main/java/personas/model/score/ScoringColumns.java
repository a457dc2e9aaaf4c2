package personas.model.score;

import java.io.Serializable;
import java.util.List;
import personas.feature.TextSyntax;
import personas.feature.UserSchema;
import personas.model.Model;
import personas.model.TrainingContext;

/**
 * Which columns a score reads beside the features of its model, where it is not left to the model.
 *
 * @param id the column that identifies a user, {@code none}, or null: that of the training
 * @param passThrough columns that are copied; null: those of the training
 */
public record ScoringColumns(String id, List<String> passThrough) implements Serializable {
  public ScoringColumns {
    passThrough = passThrough == null ? null : List.copyOf(passThrough);
  }

  /** Whether the id is known: a model of before models kept it does not say. */
  public boolean suffice(Model model) {
    return id != null || model.handover() != null;
  }

  /**
   * The columns that are read for a model.
   *
   * @throws IllegalArgumentException where the model's features cannot be, or the id is not known
   */
  public UserSchema schema(Model model) {
    if (!suffice(model)) {
      throw new IllegalArgumentException("the model does not say which column is the id");
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
