package personas.model.compare;

import java.util.List;
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
    return continuity(
        before,
        rows(now),
        now.features().stream().mapToDouble(FeatureModel::mean).toArray(),
        now.features().stream().mapToDouble(FeatureModel::unit).toArray());
  }

  /**
   * Likewise, for clusters that are in no model yet.
   *
   * @param now k × d, standardised by {@code means} and {@code units}; is changed
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
