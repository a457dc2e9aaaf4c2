package personas.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The flags that override keys of a spec.
 *
 * @param source the source that {@code --input} names; null if the flag is not set
 * @param numbers the text of each flag that takes a number, by the range of the number; a flag that
 *     is not set is absent
 */
public record SpecOverrides(SourceSpec source, Map<NumberRange, String> numbers) {

  public SpecOverrides {
    numbers = Map.copyOf(numbers);
  }

  /**
   * Returns a spec with the values of the flags that are set.
   *
   * @throws SpecException if the value of a flag is not allowed; the message names each such flag
   */
  SegmentationSpec applyTo(SegmentationSpec spec) throws SpecException {
    List<String> mistakes = new ArrayList<>();
    SegmentationSpec overridden =
        new SegmentationSpec(
            spec.name(),
            spec.description(),
            input(spec.input(), mistakes),
            spec.output(),
            spec.features(),
            clustering(spec.clustering(), mistakes),
            spec.personas(),
            spec.describe(),
            spec.stickiness(),
            spec.privacy());
    if (!mistakes.isEmpty()) {
      throw new SpecException(mistakes);
    }
    return overridden;
  }

  private InputSpec input(InputSpec spec, List<String> mistakes) {
    if (source != null && source.name().isBlank()) {
      mistakes.add("--input: is blank");
    }
    return new InputSpec(
        source == null ? spec.source() : source,
        spec.format(),
        spec.id(),
        spec.passThrough(),
        spec.duplicates(),
        number(NumberRange.MAX_REJECTED_SHARE, spec.maxRejectedShare(), mistakes).doubleValue(),
        spec.syntax(),
        spec.aggregate(),
        spec.weight());
  }

  private ClusteringSpec clustering(ClusteringSpec spec, List<String> mistakes) {
    return new ClusteringSpec(
        count(spec.k(), mistakes),
        number(NumberRange.SEED, spec.seed(), mistakes).longValue(),
        number(NumberRange.TOLERANCE, spec.tolerance(), mistakes).doubleValue(),
        number(NumberRange.MAX_ITERATIONS, spec.maxIterations(), mistakes).intValue(),
        number(NumberRange.RESTARTS, spec.restarts(), mistakes).intValue(),
        spec.effort(),
        number(NumberRange.MIN_SEGMENT_SHARE, spec.minSegmentShare(), mistakes).doubleValue(),
        spec.keepsCandidates());
  }

  private ClusterCount count(ClusterCount specValue, List<String> mistakes) {
    String k = numbers.get(NumberRange.K);
    ClusterCount chosen = k == null ? null : ClusterCount.parse(k);
    if (chosen == null && k != null && NumberRange.number(k) == null) {
      mistakes.add("--k: " + k + ClusterCount.EXPECTED);
      return specValue;
    }
    if (chosen == null) {
      // The value of the spec may be a range, so it cannot be the default of a number.
      Number value = number(NumberRange.K, null, mistakes);
      return value == null ? specValue : ClusterCount.fixed(value.intValue());
    }
    String violation = chosen.violation();
    if (violation != null) {
      mistakes.add("--k: " + k + violation);
      return specValue;
    }
    return chosen;
  }

  private Number number(NumberRange key, Number specValue, List<String> mistakes) {
    String text = numbers.get(key);
    if (text == null) {
      return specValue;
    }
    Number value = NumberRange.number(text);
    String violation = value == null ? " is not a number" : key.violation(value);
    if (violation != null) {
      mistakes.add("--" + key.key + ": " + text + violation);
      return specValue;
    }
    return value;
  }
}
