package personas.model;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import personas.data.Feature;
import personas.data.Standardizer;
import personas.data.Transform;
import personas.kmeans.Centroids;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;

/** The centroids of an earlier run, on the scale of its own users. */
public final class PreviousModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final Centroids centroids;
  private final double[] means;
  private final double[] deviations;

  private PreviousModel(Centroids centroids, double[] means, double[] deviations) {
    this.centroids = centroids;
    this.means = means;
    this.deviations = deviations;
  }

  /**
   * What a new run can start from.
   *
   * @throws IllegalArgumentException where the model's features or their transforms are not those
   *     of the new run; the message shows both
   */
  public static PreviousModel of(Model model, List<Feature> features) {
    List<String> old = model.features().stream().map(f -> shown(f.name(), f.transform())).toList();
    List<String> now = features.stream().map(f -> shown(f.name(), f.transform())).toList();
    if (!old.equals(now)) {
      throw new IllegalArgumentException("its features are " + old + ", those of the spec " + now);
    }
    int d = features.size();
    double[] coordinates = new double[model.clusters().size() * d];
    for (ClusterModel cluster : model.clusters()) {
      for (int f = 0; f < d; f++) {
        coordinates[cluster.id() * d + f] = cluster.centroid().get(f);
      }
    }
    return new PreviousModel(
        Centroids.of(model.clusters().size(), d, coordinates),
        model.features().stream().mapToDouble(FeatureModel::mean).toArray(),
        model.features().stream().mapToDouble(FeatureModel::deviation).toArray());
  }

  private static String shown(String feature, Transform transform) {
    return feature + " (" + transform.name().toLowerCase(Locale.ROOT) + ")";
  }

  public int k() {
    return centroids.k();
  }

  /** The centroids on the scale of {@code standardizer}; 0 in a feature that is constant there. */
  public Centroids on(Standardizer standardizer) {
    double[] moved = centroids.toArray();
    for (int i = 0; i < moved.length; i++) {
      int f = i % centroids.d();
      double transformed = moved[i] * deviations[f] + means[f];
      moved[i] =
          standardizer.isConstant(f)
              ? 0
              : (transformed - standardizer.mean(f)) / standardizer.deviation(f);
    }
    return Centroids.of(centroids.k(), centroids.d(), moved);
  }
}
