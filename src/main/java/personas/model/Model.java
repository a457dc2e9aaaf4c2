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
import personas.model.TrainingContext.FeatureHandover;
import personas.table.ledger.RejectedColumn;

/**
 * A finished segmentation: all that {@code model.json} says, in its order.
 *
 * @param format of the file, {@link ModelJson#FORMAT}
 * @param program which program wrote it
 * @param spec which specification it was trained by
 * @param status how the iterations ended
 * @param start what the iterations started from, and by how much the other lost
 * @param iterations full passes that moved centroids or found that none moves
 * @param inertia sum of squared distances of the users to their centroid, standardised units
 * @param seed the seed of every random draw
 * @param requestedK the k of the spec, or that was chosen; {@code clusters.size()} is smaller where
 *     the users have fewer distinct vectors
 * @param ledger how many records were read, assigned and rejected
 * @param features d features in the order of every vector
 * @param clusters k clusters in ascending order of their ids; in a run that continues no other they
 *     are 0..k-1, in the order of the spec's personas
 * @param unmatchedPersonas declared personas that no cluster fits, each with the reason
 * @param history one record a pass
 * @param warnings sentences that a person should read
 * @param metrics how well the clusters are separated, exact over all users; null in a model that an
 *     earlier version wrote, and where no pass was left to measure them
 * @param kSelection how k came about; null in a model that an earlier version wrote
 * @param stickiness what it costs that users keep their previous persona; null if no user is held
 * @param outliers which users are outliers of their persona; null in a model that an earlier
 *     version wrote, and where no pass was left to measure the distances
 * @param handover what a later score or run needs; null in a model that an earlier version wrote
 * @param receipt what the run was made from; null in a model that an earlier version wrote
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
    @JsonInclude(JsonInclude.Include.NON_NULL) TrainingContext handover,
    @JsonInclude(JsonInclude.Include.NON_NULL) Receipt receipt) {

  /** Begins the warning that names the features with a logarithm. */
  public static final String NOTE_OF_LOGARITHMS = "heavily skewed, so clustered by log1p: ";

  /** Begins the warning that names the features with limits. */
  public static final String NOTE_OF_LIMITS = "outliers count as the limit that they lie beyond: ";

  /** Begins the warning that counts re-seeded clusters. */
  public static final String NOTE_OF_RESEEDING =
      "empty clusters re-seeded with the farthest user: ";

  /** How the warnings begin that only say what a run did as usual. */
  private static final List<String> NOTES =
      List.of(NOTE_OF_LOGARITHMS, NOTE_OF_LIMITS, NOTE_OF_RESEEDING);

  /**
   * @throws IllegalArgumentException where a part is missing, ids do not ascend, or a cluster has
   *     not d coordinates: a model may come from a file that a person changed
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
    if (handover != null && handover.features().size() != features.size()) {
      throw new IllegalArgumentException(
          "handover: %d features, not %d".formatted(handover.features().size(), features.size()));
    }
    if (kSelection != null && kSelection.resampledFlow() != null) {
      kSelection.resampledFlow().require(clusters.size());
    }
    if (stickiness != null
        && (stickiness.freeUsers() == null || stickiness.freeUsers().size() != clusters.size())) {
      throw new IllegalArgumentException("stickiness.freeUsers: not one of each cluster");
    }
    checkClusters(features, clusters);
  }

  private static void checkClusters(List<FeatureModel> features, List<ClusterModel> clusters) {
    for (int i = 0; i < clusters.size(); i++) {
      ClusterModel cluster = clusters.get(i);
      int before = i == 0 ? -1 : clusters.get(i - 1).id();
      if (cluster.id() <= before) {
        throw new IllegalArgumentException(
            "clusters[%d]: id %d is not above %d".formatted(i, cluster.id(), before));
      }
      if (cluster.centroid().size() != features.size()
          || cluster.rawMean().size() != features.size()) {
        throw new IllegalArgumentException(
            "clusters[%d]: %d coordinates and %d means, not %d of each"
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
   * The specification that a model was trained by.
   *
   * @param name its name
   * @param description its description; may be empty
   * @param digest SHA-256 over its meaning (defaults filled in), in hex
   */
  public record SpecReference(String name, String description, String digest) {}

  /**
   * The counts of records; {@code read = assigned + rejected}.
   *
   * @param read records that the sources hold
   * @param assigned records that got a cluster
   * @param rejected reason → records, in the order of the reasons
   * @param imputed feature → values that were missing and stood in for, in feature order
   * @param recognized what the reader recognized without a declaration → how often; null if nothing
   * @param concentrated columns that nearly all records of a reason were rejected for; null if none
   * @param weighted how many users the assigned records stand for; null if as many as there are
   *     records
   */
  public record Ledger(
      long read,
      long assigned,
      Map<String, Long> rejected,
      Map<String, Long> imputed,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> recognized,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RejectedColumn> concentrated,
      @JsonProperty("users") @JsonInclude(JsonInclude.Include.NON_NULL) Long weighted) {
    /** The users that the assigned records stand for: one each unless records have weights. */
    public long users() {
      return weighted == null ? assigned : weighted;
    }

    /** Rejected records, over all reasons. */
    public long rejectedTotal() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** What the model hands over of a feature; an old model hands over nothing. */
  public FeatureHandover handoverOf(int feature) {
    return handover == null ? FeatureHandover.UNKNOWN : handover.features().get(feature);
  }

  /** How many users change their cluster by resampling; null if the model does not say it. */
  public ResampledFlow resampledFlow() {
    return kSelection == null ? null : kSelection.resampledFlow();
  }

  /** The ids of the clusters as texts, in the order of the clusters. */
  public List<String> clusterIds() {
    return clusters.stream().map(cluster -> String.valueOf(cluster.id())).toList();
  }

  /**
   * The model in which a person gave a cluster another name.
   *
   * @param id of the cluster
   */
  public Model renamed(int id, String name) {
    List<ClusterModel> named =
        clusters.stream().map(each -> each.id() == id ? each.renamed(name) : each).toList();
    List<String> said = warnings.stream().map(warning -> renamed(warning, id, name)).toList();
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
        said,
        metrics,
        kSelection,
        stickiness,
        outliers,
        handover,
        receipt);
  }

  /** The warning that the cluster has no user, with another name; every other warning as it is. */
  private String renamed(String warning, int id, String name) {
    return clusters.stream()
        .filter(each -> each.id() == id && warning.equals(noUser(id, each.persona())))
        .findFirst()
        .map(each -> noUser(id, name))
        .orElse(warning);
  }

  /** The warning that a cluster has no user. */
  public static String noUser(int id, String persona) {
    return "cluster " + id + " (" + persona + ") has no user";
  }

  /** Whether a warning only says what a run did as usual. */
  public static boolean isNote(String warning) {
    return NOTES.stream().anyMatch(warning::startsWith);
  }

  /**
   * One feature and how it is standardised: {@code z = (transform(limited(raw)) - mean) / unit}.
   *
   * @param name the column
   * @param transform what is done before standardising
   * @param missing what happens to a missing value
   * @param mean in transformed space
   * @param deviation population standard deviation in transformed space; 0 for a constant feature,
   *     whose z is 0
   * @param imputedValue the raw value that stands in for a missing one
   * @param limits what raw values that lie further out count as; null where none is limited
   * @param scale what one step of z is in transformed space; null if it is the deviation, which
   *     only a weight and a category change
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

    /** What one step of z is in transformed space; 0 for a constant feature. */
    public double unit() {
      return scale == null ? deviation : scale;
    }

    /** The raw value that a score takes in place of a missing one. */
    public double valueOfMissing() {
      return missing == MissingPolicy.ZERO ? 0 : imputedValue;
    }

    /** A coordinate in standard deviations, whatever the weight of the feature is. */
    public double inDeviations(double z) {
      return scale == null ? z : z * scale / deviation;
    }
  }

  /**
   * One cluster.
   *
   * @param id its number, which no other cluster ever gets in the runs that continue this one
   * @param persona its name, declared or made
   * @param declared whether the name is a declared persona's
   * @param strategy the declared persona's; empty for a made name
   * @param fit how well the profile fits, 0..1; 0 for a made name
   * @param standsOut what sets it apart, in words
   * @param users how many
   * @param share of all assigned users, 0..1
   * @param centroid d coordinates, standardised
   * @param rawMean d means of the values that its users have, raw units; 0 where none has one
   * @param missing d counts of its users without a value; null if all users of the model have all
   *     values
   * @param renamedFrom the name before a person gave another one; null if nobody did. Later runs
   *     keep the name that a person gave
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
    }

    /** The cluster with a name that a person gives. */
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

    /** Users who have a value of a feature: those whose mean {@code rawMean} holds. */
    public long present(int feature) {
      return missing == null ? users : users - missing.get(feature);
    }
  }
}
