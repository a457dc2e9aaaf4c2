package personas.model.compare;

import java.util.List;
import personas.feature.Transform;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;

/**
 * The clusters of two runs in the same units: standard deviations of the earlier run's users; in a
 * feature that was constant then, of the later run's.
 */
final class CommonScale {
  private CommonScale() {}

  /** Which clusters of an earlier model the clusters of a later one are. */
  static ClusterMatching continuity(Model before, Model now) {
    double[][] rows = rows(now);
    double[] means = now.features().stream().mapToDouble(FeatureModel::mean).toArray();
    double[] units = now.features().stream().mapToDouble(FeatureModel::unit).toArray();
    for (int f = 0; f < means.length; f++) {
      Transform from = now.features().get(f).transform();
      transform(from, before.features().get(f).transform(), f, rows, means, units);
    }
    return continuity(before, rows, means, units);
  }

  /**
   * Brings a feature under another transform, as near as each centroid has a place there: from then
   * on the coordinates are transformed values that are not standardized.
   */
  static void transform(
      Transform from, Transform to, int f, double[][] rows, double[] means, double[] units) {
    if (from == to) {
      return;
    }
    for (double[] row : rows) {
      row[f] = rescaled(row[f] * units[f] + means[f], from, to);
    }
    means[f] = 0;
    units[f] = 1;
  }

  /** The same raw value under another transform, as near as it has one. */
  static double rescaled(double transformed, Transform from, Transform to) {
    if (from == to) {
      return transformed;
    }
    double raw = from.invert(transformed);
    return to.apply(to == Transform.LOG1P ? Math.max(0, raw) : raw);
  }

  /**
   * Likewise, for clusters that are in no model yet.
   *
   * @param now k × d, standardized by {@code means} and {@code units}; is changed
   */
  static ClusterMatching continuity(Model before, double[][] now, double[] means, double[] units) {
    List<FeatureModel> features = before.features();
    for (int f = 0; f < means.length; f++) {
      if (features.get(f).mean() == means[f] && features.get(f).unit() == units[f]) {
        continue; // the same scale, to the last bit
      }
      double unit = features.get(f).unit() == 0 ? units[f] : features.get(f).unit();
      for (double[] row : now) {
        double transformed = row[f] * units[f] + means[f];
        row[f] = unit == 0 ? 0 : (transformed - features.get(f).mean()) / unit;
      }
    }
    return ClusterMatching.of(rows(before), now);
  }

  private static double[][] rows(Model model) {
    return model.clusters().stream()
        .map(ClusterModel::centroid)
        .map(centroid -> centroid.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }
}
