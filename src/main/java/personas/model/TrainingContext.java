package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.feature.moments.FeatureHistogram;
import personas.spec.SegmentationSpec;
import personas.table.InputFormat;

/**
 * The data of a training that a later score or run needs, in addition to the model itself. It is
 * the key {@code handover} of {@code model.json}.
 *
 * @param id the column that identifies a user; {@code none} if there is none
 * @param format the format of the input; null if the format of each file is detected
 * @param passThrough columns that are copied to the assignments
 * @param features d features, in the order of the features of the model
 * @param nextId the id of the next new cluster, above all ids used so far
 * @param retired the clusters of earlier runs that no longer exist, by ascending id
 * @param syntax how the input writes missing values and numbers; null for the default
 * @param weight the column with the number of users that a record stands for; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingContext(
    String id,
    InputFormat format,
    List<String> passThrough,
    List<FeatureContext> features,
    int nextId,
    List<Retired> retired,
    TextSyntax syntax,
    String weight) {

  /**
   * A cluster of an earlier run that no longer exists.
   *
   * @param id the id, which no other cluster gets
   * @param persona the last name of the persona
   */
  public record Retired(int id, String persona) {}

  /**
   * Checks and copies the parts.
   *
   * @throws IllegalArgumentException if a part is missing
   */
  public TrainingContext {
    if (id == null || passThrough == null || features == null) {
      throw new IllegalArgumentException("handover: id, passThrough or features is missing");
    }
    passThrough = List.copyOf(passThrough);
    features = List.copyOf(features);
    retired = retired == null ? List.of() : List.copyOf(retired);
  }

  /**
   * The data about one feature that a later score or run needs.
   *
   * @param min the smallest raw value that is accepted; null if there is no limit
   * @param max the largest raw value that is accepted; null if there is no limit
   * @param points m ascending raw values of users of the training, with about a twentieth of the
   *     users between two neighboring points; null if the model does not hold them
   * @param counts m + 1 exact counts of users: up to and including the first point, between
   *     neighboring points (including the upper one), and above the last point
   * @param missing number of users without a value
   * @param earlier counts of the same users at the points of the previous run; null without a
   *     previous run
   * @param type the type of the values; null if the spec does not declare it
   * @param format the accepted formats of numbers in addition to plain numbers; null for none
   * @param level the category level that the feature indicates; null if the feature is not an
   *     indicator
   * @param words how people speak of the feature; null if the spec does not say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FeatureContext(
      Double min,
      Double max,
      List<Double> points,
      List<Long> counts,
      long missing,
      PointCounts earlier,
      FeatureType type,
      Set<NumberFormat> format,
      CategoryLevel level,
      FeatureWords words)
      implements Serializable {
    /** Sorts the formats, so that equal models are written as the same bytes. */
    public FeatureContext {
      format = format == null ? null : Collections.unmodifiableSet(new TreeSet<>(format));
    }

    /** Creates the data of a numeric feature in a run without a previous run. */
    public FeatureContext(
        Double min, Double max, List<Double> points, List<Long> counts, long missing) {
      this(min, max, points, counts, missing, null, null, null, null, null);
    }

    /** The data of a feature in a model that does not hold it. */
    public static final FeatureContext UNKNOWN = new FeatureContext(null, null, null, null, 0);

    /**
     * Returns how people speak of the feature; {@link FeatureWords#NONE} if the spec does not say.
     */
    public FeatureWords wordsOrNone() {
      return words == null ? FeatureWords.NONE : words;
    }

    /**
     * Returns the points at which the next run counts its users too: the points of this run, and
     * one just below the smallest point.
     */
    public List<Double> pointsOfNextRun() {
      if (points == null || points.isEmpty()) {
        return List.of();
      }
      List<Double> next = new ArrayList<>(points);
      if (points.get(0) > -Double.MAX_VALUE) {
        next.add(0, Math.nextDown(points.get(0)));
      }
      return next;
    }
  }

  /**
   * Counts of users by their raw values.
   *
   * @param points m ascending raw values
   * @param counts m + 1 exact counts of users: up to and including the first point, between
   *     neighboring points (including the upper one), and above the last point
   */
  public record PointCounts(List<Double> points, List<Long> counts) implements Serializable {}

  /**
   * Returns the data of a run.
   *
   * @param spec the spec of the run
   * @param counts the users of the run by their raw values
   * @param nextId the id of the next new cluster
   * @param retired the clusters of earlier runs that no longer exist, by ascending id
   */
  public static TrainingContext of(
      SegmentationSpec spec, FeatureHistogram counts, int nextId, List<Retired> retired) {
    return new TrainingContext(
        spec.input().id() == null ? "none" : spec.input().id(),
        spec.input().textFormat(),
        spec.input().passThrough(),
        IntStream.range(0, spec.features().size())
            .mapToObj(f -> of(spec.features().get(f), counts, f))
            .toList(),
        nextId,
        retired,
        spec.input().syntax(),
        spec.input().weight());
  }

  private static FeatureContext of(Feature feature, FeatureHistogram counts, int f) {
    return new FeatureContext(
        feature.min() == -Double.MAX_VALUE ? null : feature.min(),
        feature.max() == Double.MAX_VALUE ? null : feature.max(),
        counts.points(f),
        counts.counts(f),
        counts.missing(f),
        counts.earlierPoints(f).isEmpty()
            ? null
            : new PointCounts(counts.earlierPoints(f), counts.earlierCounts(f)),
        feature.type(),
        feature.format().isEmpty() ? null : feature.format(),
        feature instanceof LevelFeature indicator ? indicator.level() : null,
        feature.words().equals(FeatureWords.NONE) ? null : feature.words());
  }
}
