package personas.kmeans.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.kmeans.ClusterMetricSums;
import personas.kmeans.ClusterSpread;
import personas.kmeans.metric.Metric.Better;
import personas.kmeans.metric.Metric.Format;
import personas.kmeans.metric.Metric.Scale;

/**
 * The metrics of a clustering over all users, in standardized units. The values equal {@code
 * silhouette_score(metric="sqeuclidean")}, {@code davies_bouldin_score} and {@code
 * calinski_harabasz_score} of scikit-learn.
 *
 * @param k number of clusters
 * @param values the values by the id of the metric, in the order of {@link #ALL}; null for a metric
 *     that is not defined
 */
public record ClusterMetrics(int k, Map<String, Double> values) implements Serializable {

  /** The sum of squared distances to the means, which K-Means minimizes. */
  public static final Metric<MeasuredClustering> INERTIA =
      new Metric<>(
          "inertia",
          "Inertia",
          "The sum of the squared distances of all users to the mean of their persona, in"
              + " standardized units. K-Means searches for the smallest sum",
          new Scale(Better.NEITHER, Format.RAW),
          MeasuredClustering::inertia);

  /** The mean silhouette. */
  public static final Metric<MeasuredClustering> SILHOUETTE =
      new Metric<>(
          "silhouette",
          "Silhouette",
          "How much nearer users are to their own persona than to the next persona, by mean"
              + " squared distance. 1 is clearly separate, 0 is on the border, and a value below 0"
              + " is nearer to another persona",
          new Scale(Better.LARGER, Format.TWO),
          MeasuredClustering::silhouette);

  /** The index of Davies and Bouldin. */
  public static final Metric<MeasuredClustering> DAVIES_BOULDIN =
      new Metric<>(
          "daviesBouldin",
          "Davies–Bouldin",
          "The mean overlap of a persona with the persona that overlaps with it most. The overlap"
              + " of two personas is the sum of their widths divided by the distance between them",
          new Scale(Better.SMALLER, Format.TWO),
          MeasuredClustering::daviesBouldin);

  /** The index of Caliński and Harabasz. */
  public static final Metric<MeasuredClustering> CALINSKI_HARABASZ =
      new Metric<>(
          "calinskiHarabasz",
          "Calinski–Harabasz",
          "The variance between the personas divided by the variance within them",
          new Scale(Better.LARGER, Format.RAW),
          MeasuredClustering::calinskiHarabasz);

  /** The share of the smallest cluster. */
  public static final Metric<MeasuredClustering> SMALLEST_SHARE =
      new Metric<>(
          "smallestShare",
          "Smallest share",
          "The share of all users that are in the smallest persona",
          new Scale(Better.NEITHER, Format.PERCENT),
          MeasuredClustering::smallestShare);

  /** All metrics over all users. A new metric is one entry here. */
  public static final List<Metric<MeasuredClustering>> ALL =
      List.of(INERTIA, SILHOUETTE, DAVIES_BOULDIN, CALINSKI_HARABASZ, SMALLEST_SHARE);

  /**
   * Computes all metrics.
   *
   * @param spread users, means and squared distances of each cluster
   * @param sums silhouettes and distances of all users
   */
  public static ClusterMetrics of(ClusterSpread spread, ClusterMetricSums sums) {
    return new ClusterMetrics(spread.k(), Metric.values(ALL, new MeasuredClustering(spread, sums)));
  }

  /** Reads the metrics from the object that {@link #json} wrote. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static ClusterMetrics of(Map<String, Double> json) {
    return new ClusterMetrics(json.get("k").intValue(), Metric.read(ALL, json::get));
  }

  /** Returns the metrics as one JSON object: k, then each metric by its id. */
  @JsonValue
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("k", k);
    json.putAll(values);
    return json;
  }

  /** Returns the value of a metric; null if it is not defined. */
  public Double value(Metric<MeasuredClustering> metric) {
    return values.get(metric.id());
  }
}
