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
 */
public record UserSchema(String idColumn, List<Feature> features, List<String> passThrough)
    implements Serializable {

  public UserSchema {
    features = List.copyOf(features);
    passThrough = List.copyOf(passThrough);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: empty; at least one is needed");
    }
    Set<String> names = new HashSet<>();
    for (Feature feature : features) {
      if (!names.add(feature.name())) {
        throw new IllegalArgumentException("features: " + feature.name() + " stands twice");
      }
    }
  }
}
