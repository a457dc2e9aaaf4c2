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
import personas.feature.NumberFormat;
import personas.feature.TextSyntax;
import personas.feature.moments.FeatureHistogram;
import personas.spec.SegmentationSpec;
import personas.table.InputFormat;

/**
 * What a model hands over to a later score or run beyond what it says of itself.
 *
 * @param id the column that identifies a user; {@code none} where there is none
 * @param format of the input; null where its files tell
 * @param passThrough columns that are copied to the assignments
 * @param features d of them, in the order of the model's
 * @param nextId the id of the next new cluster: above all that ever were
 * @param retired the clusters of earlier runs that are no more, in the order of their ids
 * @param syntax how the input writes missing values and numbers; null for the default
 * @param weight the column that says how many users a record stands for; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingContext(
    String id,
    InputFormat format,
    List<String> passThrough,
    List<FeatureHandover> features,
    int nextId,
    List<Retired> retired,
    TextSyntax syntax,
    String weight) {

  /**
   * A cluster that is no more.
   *
   * @param id which no other cluster gets
   * @param persona its last name
   */
  public record Retired(int id, String persona) {}

  /**
   * @throws IllegalArgumentException where a part is missing
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
   * Of one feature.
   *
   * @param min the smallest raw value that is accepted; null: any
   * @param max the largest raw value that is accepted; null: any
   * @param points m ascending raw values of the training's users, about a twentieth of them between
   *     two neighbors; null where the model does not say
   * @param counts m + 1 exact counts of users: up to and with the first point, between neighbors
   *     (the upper one included), above the last
   * @param missing users without a value
   * @param earlier these users at the points of the run before; null without one
   * @param type what the values are; null where the spec did not say
   * @param format the decorations of numbers that are accepted; null for none
   * @param level the level of a category that the feature is the indicator of; null if it is none
   * @param words how people speak of it; null where the spec did not say
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FeatureHandover(
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
    /** The decorations are in one order, so that the same model is written in the same bytes. */
    public FeatureHandover {
      format = format == null ? null : Collections.unmodifiableSet(new TreeSet<>(format));
    }

    /** Plain numbers of a run that goes on from no other. */
    public FeatureHandover(
        Double min, Double max, List<Double> points, List<Long> counts, long missing) {
      this(min, max, points, counts, missing, null, null, null, null, null);
    }

    /** What a model says that does not know its users. */
    public static final FeatureHandover UNKNOWN = new FeatureHandover(null, null, null, null, 0);

    /** How people speak of the feature. */
    public FeatureWords wordsOrNone() {
      return words == null ? FeatureWords.NONE : words;
    }

    /**
     * The points at which the next run counts its users too: these, and one that no user of the
     * smallest point is up to.
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
   * @param counts m + 1 exact counts of users: up to and with the first point, between neighbors
   *     (the upper one included), above the last
   */
  public record PointCounts(List<Double> points, List<Long> counts) implements Serializable {}

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

  private static FeatureHandover of(Feature feature, FeatureHistogram counts, int f) {
    return new FeatureHandover(
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
        feature.level(),
        feature.words().equals(FeatureWords.NONE) ? null : feature.words());
  }
}
