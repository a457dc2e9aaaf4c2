package personas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.stream.IntStream;
import personas.data.Feature;
import personas.data.InputFormat;
import personas.spec.SegmentationSpec;

/**
 * What a model hands over to a later score or run beyond what it says of itself.
 *
 * @param id the column that identifies a user; {@code none} where there is none
 * @param format of the input; null where the name of the input tells
 * @param passThrough columns that are copied to the assignments
 * @param features d of them, in the order of the model's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Handover(
    String id, InputFormat format, List<String> passThrough, List<FeatureHandover> features) {

  /**
   * @throws IllegalArgumentException where a part is missing
   */
  public Handover {
    if (id == null || passThrough == null || features == null) {
      throw new IllegalArgumentException("handover: id, passThrough or features is missing");
    }
    passThrough = List.copyOf(passThrough);
    features = List.copyOf(features);
  }

  /**
   * Of one feature.
   *
   * @param min the smallest raw value that is accepted; null: any
   * @param max the largest raw value that is accepted; null: any
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FeatureHandover(Double min, Double max) {}

  static Handover of(SegmentationSpec spec) {
    return new Handover(
        spec.input().id() == null ? "none" : spec.input().id(),
        spec.input().format(),
        spec.input().passThrough(),
        IntStream.range(0, spec.features().size())
            .mapToObj(f -> of(spec.features().get(f)))
            .toList());
  }

  private static FeatureHandover of(Feature feature) {
    return new FeatureHandover(
        feature.min() == -Double.MAX_VALUE ? null : feature.min(),
        feature.max() == Double.MAX_VALUE ? null : feature.max());
  }
}
