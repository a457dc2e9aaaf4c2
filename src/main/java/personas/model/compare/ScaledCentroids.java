package personas.model.compare;

import java.util.List;
import java.util.stream.IntStream;
import personas.feature.Transform;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;

/**
 * Centroids with the scale of their coordinates: for each feature the transform of raw values, and
 * the mean and the unit of transformed values. Centroids of two runs are compared on one scale.
 */
final class ScaledCentroids {
  private final double[][] rows;
  private final Transform[] transforms;
  private final double[] means;
  private final double[] units;

  private ScaledCentroids(double[][] rows, Transform[] transforms, double[] means, double[] units) {
    this.rows = rows;
    this.transforms = transforms;
    this.means = means;
    this.units = units;
  }

  /** Returns the centroids of a model, on the scale of the model. */
  static ScaledCentroids of(Model model) {
    List<FeatureModel> features = model.features();
    return new ScaledCentroids(
        rows(model),
        features.stream().map(FeatureModel::transform).toArray(Transform[]::new),
        features.stream().mapToDouble(FeatureModel::mean).toArray(),
        features.stream().mapToDouble(FeatureModel::unit).toArray());
  }

  /** Returns centroids that are not in a model yet, on the scale of a standardizer. */
  static ScaledCentroids of(Centroids centroids, Standardizer standardizer) {
    int d = centroids.d();
    return new ScaledCentroids(
        centroids.toRows(),
        IntStream.range(0, d)
            .mapToObj(f -> standardizer.schema().features().get(f).transform())
            .toArray(Transform[]::new),
        IntStream.range(0, d).mapToDouble(standardizer::mean).toArray(),
        IntStream.range(0, d).mapToDouble(standardizer::unit).toArray());
  }

  private static double[][] rows(Model model) {
    return model.clusters().stream()
        .map(ClusterModel::centroid)
        .map(centroid -> centroid.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /**
   * Matches these clusters with the clusters of an earlier model. Distances are in standard
   * deviations of the earlier run; for a feature that was constant in the earlier run, in standard
   * deviations of the new run. A feature whose transform has changed is first converted to the
   * earlier transform.
   */
  ClusterMatching match(Model before) {
    double[][] rescaled = new double[rows.length][];
    for (int j = 0; j < rows.length; j++) {
      rescaled[j] = rows[j].clone();
      for (int f = 0; f < means.length; f++) {
        rescaled[j][f] = rescaled(rows[j][f], f, before.features().get(f));
      }
    }
    return ClusterMatching.of(rows(before), rescaled);
  }

  private double rescaled(double z, int f, FeatureModel before) {
    if (transforms[f] == before.transform()
        && means[f] == before.mean()
        && units[f] == before.unit()) {
      return z; // A conversion between equal scales would only add rounding errors.
    }
    double transformed = rescaled(z * units[f] + means[f], transforms[f], before.transform());
    double ownUnit = transforms[f] == before.transform() ? units[f] : 1;
    double unit = before.unit() == 0 ? ownUnit : before.unit();
    return unit == 0 ? 0 : (transformed - before.mean()) / unit;
  }

  /**
   * Converts a transformed value to another transform. A negative raw value is raised to 0 before
   * {@link Transform#LOG1P}.
   */
  static double rescaled(double transformed, Transform from, Transform to) {
    if (from == to) {
      return transformed;
    }
    double raw = from.invert(transformed);
    return to.apply(to == Transform.LOG1P ? Math.max(0, raw) : raw);
  }
}
