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
  private final List<Transform> transforms;
  private final double[] means;
  private final double[] deviations;

  private PreviousModel(
      Centroids centroids, List<Transform> transforms, double[] means, double[] deviations) {
    this.centroids = centroids;
    this.transforms = List.copyOf(transforms);
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
    boolean same = old.size() == now.size();
    for (int f = 0; f < features.size() && same; f++) {
      // An open transform goes with either of the model's.
      same =
          features.get(f).transform() == Transform.AUTO
              ? features.get(f).name().equals(model.features().get(f).name())
              : old.get(f).equals(now.get(f));
    }
    if (!same) {
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
        model.features().stream().map(FeatureModel::transform).toList(),
        model.features().stream().mapToDouble(FeatureModel::mean).toArray(),
        model.features().stream().mapToDouble(FeatureModel::deviation).toArray());
  }

  private static String shown(String feature, Transform transform) {
    return feature + " (" + transform.name().toLowerCase(Locale.ROOT) + ")";
  }

  /** The same raw value under another transform, as near as it has one. */
  private static double rescaled(double transformed, Transform from, Transform to) {
    if (from == to) {
      return transformed;
    }
    double raw = from.invert(transformed);
    return to.apply(to == Transform.LOG1P ? Math.max(0, raw) : raw);
  }

  public int k() {
    return centroids.k();
  }

  /** The centroids on the scale of {@code standardizer}; 0 in a feature that is constant there. */
  public Centroids on(Standardizer standardizer) {
    double[] moved = centroids.toArray();
    for (int i = 0; i < moved.length; i++) {
      int f = i % centroids.d();
      double transformed =
          rescaled(
              moved[i] * deviations[f] + means[f],
              transforms.get(f),
              standardizer.schema().features().get(f).transform());
      moved[i] =
          standardizer.isConstant(f)
              ? 0
              : (transformed - standardizer.mean(f)) / standardizer.deviation(f);
    }
    return Centroids.of(centroids.k(), centroids.d(), moved);
  }
}
