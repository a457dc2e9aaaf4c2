package personas.feature;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that a reader reads, and how their values are written.
 *
 * @param idColumn the column that identifies a user; null to identify rows by {@code file:line}
 * @param features the d features, in the order of all vectors
 * @param passThrough columns that are copied to the assignments unchanged
 * @param syntax the syntax of missing values and numbers
 * @param weightColumn the column with the number of users that a record stands for; null if each
 *     record is one user
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

  /** Creates a schema with the default syntax. */
  public UserSchema(String idColumn, List<Feature> features, List<String> passThrough) {
    this(idColumn, features, passThrough, TextSyntax.DEFAULT);
  }

  /** Creates a schema of records that are one user each. */
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
        throw new IllegalArgumentException("features: " + feature.name() + " occurs twice");
      }
    }
  }

  /** Returns whether a record may stand for several users. */
  public boolean hasWeights() {
    return weightColumn != null;
  }

  /**
   * Returns the columns that are read as numbers: the features, followed by the weight. A record
   * whose weight is missing, negative or above {@link #MAX_WEIGHT} is rejected.
   */
  public List<Feature> numbers() {
    if (weightColumn == null) {
      return features;
    }
    List<Feature> numbers = new ArrayList<>(features);
    numbers.add(
        new ColumnFeature(weightColumn, Transform.NONE, MissingPolicy.REJECT, 0, MAX_WEIGHT));
    return numbers;
  }
}
