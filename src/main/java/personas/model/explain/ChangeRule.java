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
 * @param actionable whether a change may use the feature at all
 * @param whole whether the feature takes whole numbers only
 * @param lowest the smallest raw value that a change may suggest
 * @param highest the largest raw value that a change may suggest
 */
public record ChangeRule(boolean actionable, boolean whole, double lowest, double highest)
    implements Serializable {

  /**
   * Returns the rule of a feature. The feature takes whole numbers only if it is a boolean or if
   * all values in the model are whole. A change does not lower a number below 0 if no value in the
   * model is negative.
   *
   * @param feature the feature
   * @param points the raw values of users that the model holds, ascending; null if it holds none
   */
  public static ChangeRule of(Feature feature, List<Double> points) {
    boolean actionable = feature.words().canBeChanged();
    if (feature.type() == FeatureType.BOOLEAN) {
      return new ChangeRule(actionable, true, 0, 1);
    }
    boolean known = points != null && !points.isEmpty();
    double lowest = feature.min();
    if (known && points.get(0) >= 0) {
      lowest = Math.max(lowest, 0);
    }
    if (feature.transform() == Transform.LOG1P) {
      lowest = Math.max(lowest, Math.nextUp(-1.0));
    }
    boolean whole = known && points.stream().allMatch(point -> point == Math.rint(point));
    return new ChangeRule(actionable, whole, lowest, feature.max());
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
