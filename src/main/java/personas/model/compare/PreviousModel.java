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

/**
 * The model of the previous run, which a new run continues, with the centroids on the scale of the
 * previous run or of the new run.
 */
public final class PreviousModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final Centroids centroids;
  private final List<Transform> transforms;
  private final double[] means;
  private final double[] units;
  // The model as JSON, because JSON is the form that later versions can read.
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
   * Returns the previous model for a run with the given features.
   *
   * @param model the model of the previous run
   * @param features the features of the new run
   * @throws IllegalArgumentException if the features or their transforms differ; the message shows
   *     both
   */
  public static PreviousModel of(Model model, List<Feature> features) {
    List<String> old = model.features().stream().map(f -> text(f.name(), f.transform())).toList();
    List<String> now = features.stream().map(f -> text(f.name(), f.transform())).toList();
    boolean isSame = old.size() == now.size();
    for (int f = 0; f < features.size() && isSame; f++) {
      // With transform: auto, the new run accepts any transform of the model.
      isSame =
          features.get(f).transform() == Transform.AUTO
              ? features.get(f).name().equals(model.features().get(f).name())
              : old.get(f).equals(now.get(f));
    }
    if (!isSame) {
      throw new IllegalArgumentException(
          TerminalText.line("its features are " + old + ", but the spec has " + now));
    }
    int d = features.size();
    double[] coordinates = new double[model.clusters().size() * d];
    int index = 0;
    for (ClusterModel cluster : model.clusters()) {
      for (int f = 0; f < d; f++) {
        coordinates[index++] = cluster.centroid().get(f);
      }
    }
    return new PreviousModel(
        model,
        Centroids.of(model.clusters().size(), d, coordinates),
        model.features().stream().mapToDouble(FeatureModel::mean).toArray(),
        model.features().stream().mapToDouble(FeatureModel::unit).toArray());
  }

  private static String text(String feature, Transform transform) {
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

  /** Returns the SHA-256 of the model as {@link ModelJson} writes it, in hexadecimal digits. */
  public String digest() {
    return Hashing.sha256(json);
  }

  /** Returns the SHA-256 of a model as {@link ModelJson} writes it, in hexadecimal digits. */
  public static String digest(Model model) {
    return Hashing.sha256(json(model));
  }

  /** Returns the whole model. */
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
   * Matches the clusters of a new run with the clusters of this model. Distances are in standard
   * deviations of the previous run; for a feature that was constant in the previous run, in
   * standard deviations of the new run.
   *
   * @param now k × d centroids of the new run, on the scale of {@code standardizer}
   */
  public ClusterMatching match(Centroids now, Standardizer standardizer) {
    return ScaledCentroids.of(now, standardizer).match(model());
  }

  /** Returns the number of clusters. */
  public int k() {
    return centroids.k();
  }

  /**
   * Returns the centroids on the scale of {@code standardizer}; 0 for a feature that is constant in
   * the new run.
   */
  public Centroids centroidsOn(Standardizer standardizer) {
    double[] coordinates = centroids.toArray();
    for (int i = 0; i < coordinates.length; i++) {
      int f = i % centroids.d();
      double transformed =
          ScaledCentroids.rescaled(
              coordinates[i] * units[f] + means[f],
              transforms.get(f),
              standardizer.schema().features().get(f).transform());
      coordinates[i] =
          standardizer.isConstant(f)
              ? 0
              : (transformed - standardizer.mean(f)) / standardizer.unit(f);
    }
    return Centroids.of(centroids.k(), centroids.d(), coordinates);
  }
}
