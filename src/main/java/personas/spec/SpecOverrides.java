package personas.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * Flags that stand for values of a spec, as they were typed; null where one was not given.
 *
 * @param input for input.path
 * @param k for clustering.k, and so on
 */
public record SpecOverrides(
    String input,
    String k,
    String seed,
    String tolerance,
    String maxIterations,
    String restarts,
    String minSegmentShare,
    String maxRejectedShare) {

  /** Only that flag; null where it was not given. */
  public static SpecOverrides ofMaxRejectedShare(String maxRejectedShare) {
    return new SpecOverrides(null, null, null, null, null, null, null, maxRejectedShare);
  }

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
    if (input != null && input.isBlank()) {
      mistakes.add("--input: is blank");
    }
    return new InputSpec(
        input == null ? spec.path() : input,
        input == null ? spec.source() : null,
        spec.format(),
        spec.id(),
        spec.passThrough(),
        spec.duplicates(),
        number(NumberRange.MAX_REJECTED_SHARE, maxRejectedShare, spec.maxRejectedShare(), mistakes)
            .doubleValue(),
        spec.syntax(),
        spec.aggregate(),
        spec.weight());
  }

  private ClusteringSpec clustering(ClusteringSpec spec, List<String> mistakes) {
    return new ClusteringSpec(
        count(spec.k(), mistakes),
        number(NumberRange.SEED, seed, spec.seed(), mistakes).longValue(),
        number(NumberRange.TOLERANCE, tolerance, spec.tolerance(), mistakes).doubleValue(),
        number(NumberRange.MAX_ITERATIONS, maxIterations, spec.maxIterations(), mistakes)
            .intValue(),
        number(NumberRange.RESTARTS, restarts, spec.restarts(), mistakes).intValue(),
        spec.effort(),
        number(NumberRange.MIN_SEGMENT_SHARE, minSegmentShare, spec.minSegmentShare(), mistakes)
            .doubleValue(),
        spec.keepsCandidates());
  }

  private ClusterCount count(ClusterCount otherwise, List<String> mistakes) {
    ClusterCount chosen = k == null ? null : ClusterCount.parse(k);
    if (chosen == null && k != null && NumberRange.number(k) == null) {
      mistakes.add("--k: " + k + ClusterCount.EXPECTED);
      return otherwise;
    }
    if (chosen == null) {
      // Of a spec's range no single number is the default; k itself is known to be one or null.
      Number value = number(NumberRange.K, k, null, mistakes);
      return value == null ? otherwise : ClusterCount.fixed(value.intValue());
    }
    String refused = chosen.refuse();
    if (refused != null) {
      mistakes.add("--k: " + k + refused);
      return otherwise;
    }
    return chosen;
  }

  private static Number number(
      NumberRange key, String text, Number otherwise, List<String> mistakes) {
    if (text == null) {
      return otherwise;
    }
    Number value = NumberRange.number(text);
    String refused = value == null ? " is not a number" : key.refuse(value);
    if (refused != null) {
      mistakes.add("--" + key.key + ": " + text + refused);
      return otherwise;
    }
    return value;
  }
}
