package personas.model.explain;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.Transform;

/**
 * The limits of a suggested change of a feature.
 *
 * @param isActionable whether a change may use the feature at all
 * @param isWhole whether the feature takes whole numbers only
 * @param lowest the smallest raw value that a change may suggest
 * @param highest the largest raw value that a change may suggest
 */
public record ChangeRule(boolean isActionable, boolean isWhole, double lowest, double highest)
    implements Serializable {

  /**
   * Returns the rule of a feature. A boolean, and a feature whose values in the model are all
   * whole, takes whole numbers only. If no value in the model is negative, a change does not lower
   * the value below 0.
   *
   * @param feature the feature
   * @param points the raw values of users that the model holds, ascending; null if it holds none
   */
  public static ChangeRule of(Feature feature, List<Double> points) {
    boolean isActionable = feature.words().canBeChanged();
    if (feature.type() == FeatureType.BOOLEAN) {
      return new ChangeRule(isActionable, true, 0, 1);
    }
    boolean hasPoints = points != null && !points.isEmpty();
    double lowest = feature.min();
    if (hasPoints && points.get(0) >= 0) {
      lowest = Math.max(lowest, 0);
    }
    if (feature.transform() == Transform.LOG1P) {
      lowest = Math.max(lowest, Math.nextUp(-1.0));
    }
    boolean isWhole = hasPoints && points.stream().allMatch(point -> point == Math.rint(point));
    return new ChangeRule(isActionable, isWhole, lowest, feature.max());
  }

  /**
   * Returns the rules of all features.
   *
   * @param features the features of the model
   * @param points the raw values of users for each feature, as in {@link #of(Feature, List)}
   */
  public static List<ChangeRule> of(List<Feature> features, List<List<Double>> points) {
    List<ChangeRule> rules = new ArrayList<>();
    for (int f = 0; f < features.size(); f++) {
      rules.add(of(features.get(f), points.get(f)));
    }
    return rules;
  }
}
