package personas.model.compare;

import java.util.List;
import personas.feature.Transform;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;

/**
 * Brings the clusters of two runs to the same units: standard deviations of the users of the
 * earlier run. For a feature that was constant in the earlier run, the units are standard
 * deviations of the later run.
 */
final class CommonScale {
  private CommonScale() {}

  /** Matches the clusters of a later model with the clusters of an earlier model. */
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
   * Converts a feature of centroids to another transform. Afterwards the coordinates are
   * transformed values that are not standardized. A raw value that the transform does not allow is
   * clipped.
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

  /**
   * Converts a transformed value to another transform. A raw value that the transform does not
   * allow is clipped.
   */
  static double rescaled(double transformed, Transform from, Transform to) {
    if (from == to) {
      return transformed;
    }
    double raw = from.invert(transformed);
    return to.apply(to == Transform.LOG1P ? Math.max(0, raw) : raw);
  }

  /**
   * Matches centroids that are not in a model yet with the clusters of an earlier model.
   *
   * @param now k × d centroids, standardized by {@code means} and {@code units}; this method
   *     changes them
   */
  static ClusterMatching continuity(Model before, double[][] now, double[] means, double[] units) {
    List<FeatureModel> features = before.features();
    for (int f = 0; f < means.length; f++) {
      if (features.get(f).mean() == means[f] && features.get(f).unit() == units[f]) {
        continue; // Equal scales need no rounding.
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
