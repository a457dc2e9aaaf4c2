package personas.model.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.LevelFeature;
import personas.feature.UserSchema;
import personas.feature.Winsorizing;
import personas.feature.moments.FeatureScale;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.model.NamedClusters;
import personas.model.TrainedUsers;
import personas.model.TrainingContext.FeatureContext;
import personas.model.explain.ChangeRule;
import personas.model.explain.UserExplainer;
import personas.persona.ClusterPersona;
import personas.persona.ClusterPersona.RunnerUp;
import personas.persona.MatchedPersonas;

/**
 * A model that scores users. Standardizer and centroids equal the standardizer and centroids of the
 * training bit for bit, so a user gets the same cluster as in the training.
 */
public final class ScoringModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final Standardizer standardizer;
  private final NamedClusters clusters;
  private final SpecName spec;
  private final List<ChangeRule> changeRules;
  private final TrainingFigures training;

  /** The name and the digest of the spec of the training. */
  private record SpecName(String name, String digest) implements Serializable {}

  /**
   * The figures of the training that the model holds.
   *
   * @param users the users of the training; null if the model does not hold their distribution
   * @param outlierEdges the outlier distance of each cluster; infinite if the model does not hold
   *     the distance
   */
  private record TrainingFigures(TrainedUsers users, List<Double> outlierEdges)
      implements Serializable {}

  private ScoringModel(
      Standardizer standardizer,
      NamedClusters clusters,
      SpecName spec,
      List<ChangeRule> changeRules,
      TrainingFigures training) {
    this.standardizer = standardizer;
    this.clusters = clusters;
    this.spec = spec;
    this.changeRules = changeRules;
    this.training = training;
  }

  /**
   * Returns the features that a user needs for a score: all features of the training, with their
   * transforms, policies and ranges. For a model without {@link Model#training} every finite value
   * is in range.
   *
   * @throws IllegalArgumentException if a feature of the model is not valid
   */
  public static List<Feature> features(Model model) {
    List<Feature> features = new ArrayList<>();
    for (int f = 0; f < model.features().size(); f++) {
      FeatureModel feature = model.features().get(f);
      FeatureContext context = model.featureContext(f);
      features.add(
          context.level() == null
              ? column(feature, context)
              : new LevelFeature(context.level(), feature.missing(), null, context.wordsOrNone()));
    }
    return features;
  }

  private static ColumnFeature column(FeatureModel feature, FeatureContext context) {
    return new ColumnFeature(
        feature.name(),
        feature.transform(),
        feature.missing(),
        context.min() == null ? -Double.MAX_VALUE : context.min(),
        context.max() == null ? Double.MAX_VALUE : context.max(),
        Winsorizing.NONE,
        context.type(),
        context.format() == null ? Set.of() : context.format(),
        null,
        context.wordsOrNone());
  }

  /**
   * Returns a scoring model.
   *
   * @param model the model of a file
   * @param schema the {@link #features} of the model, and the other columns that are read
   */
  public static ScoringModel of(Model model, UserSchema schema) {
    List<List<Double>> points =
        IntStream.range(0, model.features().size())
            .mapToObj(f -> model.featureContext(f).points())
            .toList();
    return new ScoringModel(
        standardizer(model.features(), schema),
        clusters(model),
        new SpecName(model.spec().name(), model.spec().digest()),
        ChangeRule.of(schema.features(), points),
        new TrainingFigures(TrainedUsers.ofOrNull(model), outlierEdges(model)));
  }

  private static Standardizer standardizer(List<FeatureModel> features, UserSchema schema) {
    return Standardizer.of(
        schema,
        features.stream()
            .map(
                feature ->
                    new FeatureScale(
                        feature.mean(),
                        feature.deviation(),
                        feature.unit(),
                        feature.imputedValue(),
                        feature.limits()))
            .toList());
  }

  private static NamedClusters clusters(Model model) {
    List<ClusterModel> clusters = model.clusters();
    double[] coordinates =
        clusters.stream()
            .flatMap(cluster -> cluster.centroid().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    List<ClusterPersona> personas =
        IntStream.range(0, clusters.size())
            .mapToObj(j -> clusterPersona(j, clusters.get(j)))
            .toList();
    return new NamedClusters(
        Centroids.of(clusters.size(), model.features().size(), coordinates),
        new MatchedPersonas(personas, Map.of()),
        clusters.stream().map(ClusterModel::id).toList());
  }

  private static ClusterPersona clusterPersona(int index, ClusterModel cluster) {
    return new ClusterPersona(
        index,
        new ClusterPersona.Name(
            cluster.persona(), cluster.declared(), cluster.strategy(), cluster.renamedFrom()),
        cluster.fit(),
        cluster.standsOut(),
        RunnerUp.NONE);
  }

  private static List<Double> outlierEdges(Model model) {
    int k = model.clusters().size();
    return model.outliers() == null || model.outliers().edges().size() != k
        ? Collections.nCopies(k, Double.POSITIVE_INFINITY)
        : model.outliers().edges();
  }

  /** Returns the columns that are read. */
  public UserSchema schema() {
    return standardizer.schema();
  }

  /** Returns the standardizer of the training. */
  public Standardizer standardizer() {
    return standardizer;
  }

  /** Returns the k × d standardized centroids, in the order of the model. */
  public Centroids centroids() {
    return clusters.centroids();
  }

  /** Returns the ids of the clusters, in the order of the centroids. */
  public int[] ids() {
    return clusters.ids().stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the id of a cluster. */
  public int id(int cluster) {
    return clusters.ids().get(cluster);
  }

  /** Returns the users of the training; null if the model does not hold their distribution. */
  public TrainedUsers trainedUsersOrNull() {
    return training.users();
  }

  /**
   * Returns the distances above which a user is an outlier, in standard deviations and in the order
   * of the centroids; infinite if the model does not hold the distances.
   */
  public double[] outlierEdges() {
    return training.outlierEdges().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns a new explainer of users. An explainer belongs to one thread. */
  public UserExplainer explainer() {
    return new UserExplainer(standardizer, clusters.centroids(), changeRules);
  }

  /** Returns the clusters in the order of the model, with their names. */
  public NamedClusters clusters() {
    return clusters;
  }

  /** Returns the personas of the clusters, in the order of the centroids. */
  public MatchedPersonas personas() {
    return clusters.personas();
  }

  /** Returns the name of the spec of the training. */
  public String name() {
    return spec.name();
  }

  /** Returns the digest of the spec of the training. */
  public String digest() {
    return spec.digest();
  }
}
