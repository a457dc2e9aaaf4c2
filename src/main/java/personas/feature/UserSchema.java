package personas.feature;

import java.io.Serializable;
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
 */
public record UserSchema(
    String idColumn, List<Feature> features, List<String> passThrough, TextSyntax syntax)
    implements Serializable {

  /** Columns whose values are written as programs write them. */
  public UserSchema(String idColumn, List<Feature> features, List<String> passThrough) {
    this(idColumn, features, passThrough, TextSyntax.DEFAULT);
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
}
