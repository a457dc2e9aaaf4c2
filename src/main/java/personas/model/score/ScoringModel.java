package personas.model.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import personas.feature.Feature;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.NamedClusters;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureHandover;
import personas.model.explain.ChangeRule;
import personas.model.explain.UserExplainer;
import personas.persona.ClusterPersona;
import personas.persona.MatchedPersonas;

/**
 * A model of a file, ready to score users with: the same standardiser and centroids as in its
 * training, bit for bit, so the same user gets the same cluster.
 */
public final class ScoringModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final Standardizer standardizer;
  private final Centroids centroids;
  private final int[] ids;
  private final MatchedPersonas personas;
  private final String name;
  private final String digest;
  private final List<ChangeRule> changeRules;
  private final TrainedUsers trainedUsers;
  private final double[] outlierEdges;

  private ScoringModel(
      Standardizer standardizer,
      Centroids centroids,
      int[] ids,
      MatchedPersonas personas,
      String name,
      String digest,
      List<ChangeRule> changeRules,
      TrainedUsers trainedUsers,
      double[] outlierEdges) {
    this.standardizer = standardizer;
    this.centroids = centroids;
    this.ids = ids;
    this.personas = personas;
    this.name = name;
    this.digest = digest;
    this.changeRules = changeRules;
    this.trainedUsers = trainedUsers;
    this.outlierEdges = outlierEdges;
  }

  /**
   * The features that users need to be scored by the model: all that it was trained by, with its
   * transforms, policies and ranges; of a model without {@link Model#handover} every finite value
   * is in range.
   *
   * @throws IllegalArgumentException where the model has no feature, or one that cannot be
   */
  public static List<Feature> features(Model model) {
    List<Feature> features = new ArrayList<>();
    for (int f = 0; f < model.features().size(); f++) {
      FeatureModel feature = model.features().get(f);
      FeatureHandover range = model.handoverOf(f);
      features.add(
          new Feature(
              feature.name(),
              feature.transform(),
              feature.missing(),
              range.min() == null ? -Double.MAX_VALUE : range.min(),
              range.max() == null ? Double.MAX_VALUE : range.max(),
              Winsorizing.NONE,
              range.type(),
              range.format() == null ? Set.of() : range.format(),
              null,
              range.level(),
              range.wordsOrNone()));
    }
    return features;
  }

  /**
   * From the model of a file.
   *
   * @param schema the {@link #features} of the model, and the columns that are read beside them
   */
  public static ScoringModel of(Model model, UserSchema schema) {
    int k = model.clusters().size();
    int d = model.features().size();
    double[] coordinates = new double[k * d];
    int[] ids = new int[k];
    List<ClusterPersona> tags = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      ClusterModel cluster = model.clusters().get(j);
      ids[j] = cluster.id();
      for (int f = 0; f < d; f++) {
        coordinates[j * d + f] = cluster.centroid().get(f);
      }
      tags.add(
          new ClusterPersona(
              j,
              cluster.persona(),
              cluster.declared(),
              cluster.strategy(),
              cluster.fit(),
              cluster.standsOut(),
              "",
              0));
    }
    List<FeatureModel> features = model.features();
    return new ScoringModel(
        Standardizer.of(
            schema,
            features.stream().mapToDouble(FeatureModel::mean).toArray(),
            features.stream().mapToDouble(FeatureModel::deviation).toArray(),
            features.stream().mapToDouble(FeatureModel::unit).toArray(),
            features.stream().mapToDouble(FeatureModel::imputedValue).toArray(),
            features.stream().map(FeatureModel::limits).toList()),
        Centroids.of(k, d, coordinates),
        ids,
        new MatchedPersonas(tags, Map.of()),
        model.spec().name(),
        model.spec().digest(),
        ChangeRule.of(
            schema.features(),
            IntStream.range(0, d).mapToObj(f -> model.handoverOf(f).points()).toList()),
        TrainedUsers.ofOrNull(model),
        model.outliers() == null || model.outliers().edges().size() != k
            ? null
            : model.outliers().edges().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The columns that are read. */
  public UserSchema schema() {
    return standardizer.schema();
  }

  public Standardizer standardizer() {
    return standardizer;
  }

  /** k × d, standardised, in the order of the model. */
  public Centroids centroids() {
    return centroids;
  }

  /** The ids of the clusters, in the order of the centroids. */
  public int[] ids() {
    return ids.clone();
  }

  /** The id of one cluster. */
  public int id(int cluster) {
    return ids[cluster];
  }

  /** The users of its training; null if the model does not say how their values are spread. */
  public TrainedUsers trainedUsersOrNull() {
    return trainedUsers;
  }

  /**
   * The distances above which a user is an outlier, in the order of the centroids; infinite if the
   * model does not say.
   */
  public double[] outlierEdges() {
    double[] edges = new double[ids.length];
    Arrays.setAll(edges, j -> outlierEdges == null ? Double.POSITIVE_INFINITY : outlierEdges[j]);
    return edges;
  }

  /** Explains users of the model; a new explainer for each thread. */
  public UserExplainer explainer() {
    return new UserExplainer(standardizer, centroids, changeRules);
  }

  /** The clusters in the order of the model, with their names. */
  public NamedClusters clusters() {
    return new NamedClusters(centroids, personas, Arrays.stream(ids).boxed().toList());
  }

  /** The names of the clusters, in the order of the centroids. */
  public MatchedPersonas personas() {
    return personas;
  }

  /** The name of the segmentation that it was trained by. */
  public String name() {
    return name;
  }

  /** The digest of the segmentation that it was trained by. */
  public String digest() {
    return digest;
  }
}
