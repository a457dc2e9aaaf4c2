package personas.feature;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that are read, by name.
 *
 * @param idColumn the column that identifies a user, or null: rows are then known by {@code
 *     file:position}
 * @param features the columns that are clustered, d of them, in the order of every vector
 * @param passThrough columns that are copied to the assignments as they are
 * @param syntax how the input writes missing values and numbers
 * @param weightColumn the column that says how many users a record stands for; null if a record is
 *     one user
 */
public record UserSchema(
    String idColumn,
    List<Feature> features,
    List<String> passThrough,
    TextSyntax syntax,
    String weightColumn)
    implements Serializable {
  /** The largest weight of a record. */
  public static final int MAX_WEIGHT = Integer.MAX_VALUE;

  /** Columns whose values are written as programs write them. */
  public UserSchema(String idColumn, List<Feature> features, List<String> passThrough) {
    this(idColumn, features, passThrough, TextSyntax.DEFAULT);
  }

  /** Columns of records that are one user each. */
  public UserSchema(
      String idColumn, List<Feature> features, List<String> passThrough, TextSyntax syntax) {
    this(idColumn, features, passThrough, syntax, null);
  }

  public UserSchema {
    features = List.copyOf(features);
    passThrough = List.copyOf(passThrough);
    Set<String> names = new HashSet<>();
    for (Feature feature : features) {
      if (!names.add(feature.name())) {
        throw new IllegalArgumentException("features: " + feature.name() + " stands twice");
      }
    }
  }

  /** Whether records stand for several users each. */
  public boolean hasWeights() {
    return weightColumn != null;
  }

  /**
   * The columns that are read as numbers: the features and, behind them, the weight. A weight that
   * is missing, negative or above {@link #MAX_WEIGHT} rejects its record.
   */
  public List<Feature> numbers() {
    if (weightColumn == null) {
      return features;
    }
    List<Feature> numbers = new ArrayList<>(features);
    numbers.add(new Feature(weightColumn, Transform.NONE, MissingPolicy.REJECT, 0, MAX_WEIGHT));
    return numbers;
  }
}
