package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import personas.feature.MissingPolicy;
import personas.feature.Transform;
import personas.feature.ValueLimits;
import personas.kmeans.ConvergenceStatus;
import personas.kmeans.IterationRecord;
import personas.kmeans.metric.ClusterMetrics;
import personas.kmeans.selection.ResampledFlow;
import personas.model.TrainingContext.FeatureContext;
import personas.table.ledger.RejectedColumn;

/**
 * A finished segmentation. The components are the keys of {@code model.json}, in their order in the
 * file.
 *
 * @param format the version of the file format, {@link ModelJson#FORMAT}
 * @param program the program that wrote the model, with its version
 * @param spec the specification of the training
 * @param status why the iterations ended
 * @param start a description of the starting centroids, and how much worse the alternative was
 * @param iterations the number of iterations over all users
 * @param inertia sum of squared distances of the users to their centroids, in standardized units
 * @param seed the seed of every random draw
 * @param requestedK the k of the spec, or the k that was chosen; {@code clusters.size()} is smaller
 *     if the data has fewer distinct feature vectors
 * @param ledger the numbers of records read, assigned and rejected
 * @param features d features, in the order of all vectors
 * @param clusters k clusters by ascending id; in a run without a previous run the ids are 0..k-1,
 *     in the order of the personas of the spec
 * @param unmatchedPersonas declared personas that no cluster fits, each with the reason
 * @param history one record for each iteration
 * @param warnings messages for people
 * @param metrics metrics of the clustering, exact over all users; null in a model that an earlier
 *     version wrote, or if no pass was left to measure them
 * @param kSelection how k was chosen; null in a model that an earlier version wrote
 * @param stickiness the cost of keeping users in their previous persona; null if the run does not
 *     keep them
 * @param outliers the distances above which users are outliers; null in a model that an earlier
 *     version wrote, or if no pass was left to measure the distances
 * @param training the data that a later score or run needs; null in a model that an earlier version
 *     wrote
 * @param receipt digests of the inputs of the run; null in a model that an earlier version wrote
 */
public record Model(
    int format,
    String program,
    SpecReference spec,
    ConvergenceStatus status,
    String start,
    int iterations,
    double inertia,
    long seed,
    int requestedK,
    Ledger ledger,
    List<FeatureModel> features,
    List<ClusterModel> clusters,
    Map<String, String> unmatchedPersonas,
    List<IterationRecord> history,
    List<String> warnings,
    ClusterMetrics metrics,
    KSelection kSelection,
    @JsonInclude(JsonInclude.Include.NON_NULL) StickinessPrice stickiness,
    @JsonInclude(JsonInclude.Include.NON_NULL) Outliers outliers,
    @JsonProperty("handover") @JsonInclude(JsonInclude.Include.NON_NULL) TrainingContext training,
    @JsonInclude(JsonInclude.Include.NON_NULL) Receipt receipt) {

  /** The start of the warning that names the features with a logarithm. */
  public static final String NOTE_OF_LOGARITHMS = "heavily skewed columns, clustered by log1p: ";

  /** The start of the warning that names the features with limits. */
  public static final String NOTE_OF_LIMITS =
      "columns whose extreme values are capped at a limit: ";

  /** The start of the warning that counts empty clusters with a new centroid. */
  public static final String NOTE_OF_RESEEDING =
      "empty clusters that got the farthest user as centroid: ";

  /** The starts of the warnings that are only notes. Earlier versions wrote the last three. */
  private static final List<String> NOTES =
      List.of(
          NOTE_OF_LOGARITHMS,
          NOTE_OF_LIMITS,
          NOTE_OF_RESEEDING,
          "heavily skewed, so clustered by log1p: ",
          "outliers count as the limit that they lie beyond: ",
          "empty clusters re-seeded with the farthest user: ");

  /**
   * Checks the parts of a model, because a file may have been edited by hand.
   *
   * @throws IllegalArgumentException if a part is missing, if ids do not ascend, or if a cluster
   *     does not have d coordinates and d means
   */
  public Model {
    required("spec", spec);
    required("status", status);
    required("ledger", ledger);
    required("features", features);
    required("clusters", clusters);
    required("unmatchedPersonas", unmatchedPersonas);
    required("history", history);
    required("warnings", warnings);
    if (training != null && training.features().size() != features.size()) {
      throw new IllegalArgumentException(
          "handover.features: %d entries, but there are %d features"
              .formatted(training.features().size(), features.size()));
    }
    if (kSelection != null && kSelection.resampledFlow() != null) {
      kSelection.resampledFlow().requireClusters(clusters.size());
    }
    if (stickiness != null
        && (stickiness.freeUsers() == null || stickiness.freeUsers().size() != clusters.size())) {
      throw new IllegalArgumentException(
          "stickiness.freeUsers: needs one count for each of " + clusters.size() + " clusters");
    }
    checkClusters(features, clusters);
  }

  private static void checkClusters(List<FeatureModel> features, List<ClusterModel> clusters) {
    for (int i = 0; i < clusters.size(); i++) {
      ClusterModel cluster = clusters.get(i);
      int before = i == 0 ? -1 : clusters.get(i - 1).id();
      if (cluster.id() <= before) {
        throw new IllegalArgumentException(
            "clusters[%d].id: %d is not above the previous id %d"
                .formatted(i, cluster.id(), before));
      }
      if (cluster.centroid().size() != features.size()
          || cluster.rawMean().size() != features.size()) {
        throw new IllegalArgumentException(
            "clusters[%d]: has %d coordinates and %d means, but there are %d features"
                .formatted(
                    i, cluster.centroid().size(), cluster.rawMean().size(), features.size()));
      }
    }
  }

  private static void required(String key, Object part) {
    if (part == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  /**
   * The specification of a training.
   *
   * @param name the name in the spec
   * @param description the description in the spec; may be empty
   * @param digest SHA-256, in hex, of the spec with all defaults filled in
   */
  public record SpecReference(String name, String description, String digest) {}

  /**
   * The counts of records; {@code read = assigned + rejected}.
   *
   * @param read number of records in the sources
   * @param assigned number of records that got a cluster
   * @param rejected number of rejected records by reason, in the order of the reasons
   * @param imputed number of imputed values by feature, in feature order
   * @param recognized how often the reader recognized each format that the spec does not declare;
   *     null if it recognized none
   * @param concentrated columns that caused nearly all rejections for a reason; null if there are
   *     none
   * @param weighted number of users that the assigned records stand for; null if each record is one
   *     user
   */
  public record Ledger(
      long read,
      long assigned,
      Map<String, Long> rejected,
      Map<String, Long> imputed,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> recognized,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectedColumn> concentrated,
      @JsonProperty("users") @JsonInclude(JsonInclude.Include.NON_NULL) Long weighted) {
    /** Returns the number of users that the assigned records stand for. */
    public long users() {
      return weighted == null ? assigned : weighted;
    }

    /** Returns the number of rejected records over all reasons. */
    public long rejectedTotal() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Returns the data on a feature that a later score or run needs; {@link FeatureContext#UNKNOWN}
   * if an earlier version wrote the model.
   */
  public FeatureContext featureContext(int feature) {
    return training == null ? FeatureContext.UNKNOWN : training.features().get(feature);
  }

  /**
   * Returns how many users change their cluster if the data is resampled; null if the model does
   * not hold these figures.
   */
  public ResampledFlow resampledFlow() {
    return kSelection == null ? null : kSelection.resampledFlow();
  }

  /** Returns the ids of the clusters as text, in the order of the clusters. */
  public List<String> clusterIds() {
    return clusters.stream().map(cluster -> String.valueOf(cluster.id())).toList();
  }

  /**
   * Returns this model after a person renamed a cluster.
   *
   * @param id the id of the cluster
   * @param name the new name
   */
  public Model renamed(int id, String name) {
    List<ClusterModel> named =
        clusters.stream()
            .map(cluster -> cluster.id() == id ? cluster.renamed(name) : cluster)
            .toList();
    List<String> newWarnings =
        warnings.stream().map(warning -> renamed(warning, id, name)).toList();
    return new Model(
        format,
        program,
        spec,
        status,
        start,
        iterations,
        inertia,
        seed,
        requestedK,
        ledger,
        features,
        named,
        unmatchedPersonas,
        history,
        newWarnings,
        metrics,
        kSelection,
        stickiness,
        outliers,
        training,
        receipt);
  }

  /**
   * Returns a warning after the rename of a cluster. Only the warning that this cluster has no user
   * changes: this warning gets the new name.
   */
  private String renamed(String warning, int id, String name) {
    return clusters.stream()
        .filter(cluster -> cluster.id() == id && warning.equals(noUser(id, cluster.persona())))
        .findFirst()
        .map(cluster -> noUser(id, name))
        .orElse(warning);
  }

  /** Returns the warning that a cluster has no user. */
  public static String noUser(int id, String persona) {
    return "cluster " + id + " (" + persona + ") has no user";
  }

  /** Returns whether a warning is only a note, which does not need attention. */
  public static boolean isNote(String warning) {
    return NOTES.stream().anyMatch(warning::startsWith);
  }

  /**
   * One feature and its standardization: {@code z = (transform(capped(raw)) - mean) / unit}.
   *
   * @param name the column
   * @param transform the transformation before standardization
   * @param missing the treatment of missing values
   * @param mean the mean in transformed space
   * @param deviation the population standard deviation in transformed space; 0 for a constant
   *     feature, whose z is 0
   * @param imputedValue the raw value that replaces a missing value, unless {@code missing} is
   *     {@link MissingPolicy#ZERO}
   * @param limits the limits at which raw values are capped; null if there are none
   * @param scale the unit of z in transformed space; null if it is the deviation. Only weighted
   *     features and categories have another unit
   */
  public record FeatureModel(
      String name,
      Transform transform,
      MissingPolicy missing,
      double mean,
      double deviation,
      double imputedValue,
      @JsonInclude(JsonInclude.Include.NON_NULL) ValueLimits limits,
      @JsonInclude(JsonInclude.Include.NON_NULL) Double scale) {

    /** Returns the unit of z in transformed space; 0 for a constant feature. */
    public double unit() {
      return scale == null ? deviation : scale;
    }

    /** Returns the raw value that a score imputes for a missing value. */
    public double valueOfMissing() {
      return missing == MissingPolicy.ZERO ? 0 : imputedValue;
    }

    /** Returns a coordinate in standard deviations, without the weight of the feature. */
    public double inDeviations(double z) {
      return scale == null ? z : z * scale / deviation;
    }
  }

  /**
   * One cluster.
   *
   * @param id the id of the cluster; a run that continues from this run never gives the id to
   *     another cluster
   * @param persona the name of the persona, declared or generated
   * @param declared whether the spec declares the persona
   * @param strategy the strategy of the declared persona; empty for a generated name
   * @param fit the fit of the declared profile, 0..1; 0 for a generated name
   * @param standsOut a description of the most distinctive features
   * @param users number of users
   * @param share share of all assigned users, 0..1
   * @param centroid d standardized coordinates
   * @param rawMean d means of the values that are not missing, in raw units; 0 if all are missing
   * @param missing d counts of missing values; null if no value in the model is missing
   * @param renamedFrom the name before a person renamed the cluster; null if nobody renamed the
   *     cluster. Later runs keep the name that a person gave
   */
  public record ClusterModel(
      int id,
      String persona,
      boolean declared,
      String strategy,
      double fit,
      String standsOut,
      long users,
      double share,
      List<Double> centroid,
      List<Double> rawMean,
      @JsonInclude(JsonInclude.Include.NON_NULL) List<Long> missing,
      @JsonInclude(JsonInclude.Include.NON_NULL) String renamedFrom) {
    public ClusterModel {
      required("clusters[" + id + "].persona", persona);
      required("clusters[" + id + "].centroid", centroid);
      required("clusters[" + id + "].rawMean", rawMean);
      strategy = strategy == null ? "" : strategy;
    }

    /** Returns the cluster with a name that a person gave. */
    public ClusterModel renamed(String name) {
      return new ClusterModel(
          id,
          name,
          declared,
          strategy,
          fit,
          standsOut,
          users,
          share,
          centroid,
          rawMean,
          missing,
          renamedFrom == null ? persona : renamedFrom);
    }

    /**
     * Returns the number of users with a value of a feature. {@code rawMean} is the mean of these
     * values.
     */
    public long present(int feature) {
      return missing == null ? users : users - missing.get(feature);
    }
  }
}
