package personas.model.compare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import personas.feature.Feature;
import personas.feature.Transform;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.math.Hashing;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.ModelJson;
import personas.text.TerminalText;

/** An earlier run that a new one goes on from: its model, and its centroids on either scale. */
public final class PreviousModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final Centroids centroids;
  private final List<Transform> transforms;
  private final double[] means;
  private final double[] units;
  // As JSON, because that is its one form that is kept readable for ever.
  private final byte[] json;
  private transient Model model;

  private PreviousModel(Model model, Centroids centroids, double[] means, double[] units) {
    this.model = model;
    this.json = json(model);
    this.centroids = centroids;
    this.transforms = model.features().stream().map(FeatureModel::transform).toList();
    this.means = means;
    this.units = units;
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
      throw new IllegalArgumentException(
          TerminalText.line("its features are " + old + ", those of the spec " + now));
    }
    int d = features.size();
    double[] coordinates = new double[model.clusters().size() * d];
    int at = 0;
    for (ClusterModel cluster : model.clusters()) {
      for (int f = 0; f < d; f++) {
        coordinates[at++] = cluster.centroid().get(f);
      }
    }
    return new PreviousModel(
        model,
        Centroids.of(model.clusters().size(), d, coordinates),
        model.features().stream().mapToDouble(FeatureModel::mean).toArray(),
        model.features().stream().mapToDouble(FeatureModel::unit).toArray());
  }

  private static String shown(String feature, Transform transform) {
    return feature + " (" + transform.name().toLowerCase(Locale.ROOT) + ")";
  }

  private static byte[] json(Model model) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ModelJson.write(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** The SHA-256 of the model as {@link ModelJson} writes it, in hexadecimal digits. */
  public String digest() {
    return Hashing.sha256(json);
  }

  /** The same of any model. */
  public static String digest(Model model) {
    return Hashing.sha256(json(model));
  }

  /** The whole model. */
  public synchronized Model model() {
    if (model == null) {
      try {
        model = ModelJson.read("previous model", new ByteArrayInputStream(json));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return model;
  }

  /**
   * Which of its clusters the clusters of a new run are, in standard units of the previous run's
   * users; in a feature that was constant then, of the new run's.
   *
   * @param now k × d, on the scale of {@code standardizer}
   */
  public ClusterMatching continuity(Centroids now, Standardizer standardizer) {
    return ScaledCentroids.of(now, standardizer).match(model());
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
          ScaledCentroids.rescaled(
              moved[i] * units[f] + means[f],
              transforms.get(f),
              standardizer.schema().features().get(f).transform());
      moved[i] =
          standardizer.isConstant(f)
              ? 0
              : (transformed - standardizer.mean(f)) / standardizer.unit(f);
    }
    return Centroids.of(centroids.k(), centroids.d(), moved);
  }
}
