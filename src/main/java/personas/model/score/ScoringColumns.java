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

  /**
   * Returns whether the column that identifies a user is known, from {@code id} or from the model.
   * Models of early versions do not hold this column.
   */
  public boolean knowIdColumn(Model model) {
    return id != null || model.training() != null;
  }

  /**
   * Returns the columns that a score with a model reads.
   *
   * @throws IllegalArgumentException if a feature of the model is not valid, or if the id column is
   *     not known
   */
  public UserSchema schema(Model model) {
    if (!knowIdColumn(model)) {
      throw new IllegalArgumentException(
          "the model does not say which column is the id; give --id");
    }
    TrainingContext training = model.training();
    String column = id == null ? training.id() : id;
    List<String> trainingColumns = training == null ? List.of() : training.passThrough();
    return new UserSchema(
        "none".equals(column) ? null : column,
        ScoringModel.features(model),
        passThrough == null ? trainingColumns : passThrough,
        TextSyntax.orDefault(training == null ? null : training.syntax()));
  }
}
