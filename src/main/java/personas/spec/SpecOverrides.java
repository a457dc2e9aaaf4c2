package personas.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts of the flags that override keys of a spec; each is null if the flag is not set.
 *
 * @param input overrides {@code input.path}
 * @param k overrides {@code clustering.k}
 * @param seed overrides {@code clustering.seed}
 * @param tolerance overrides {@code clustering.tolerance}
 * @param maxIterations overrides {@code clustering.maxIterations}
 * @param restarts overrides {@code clustering.restarts}
 * @param minSegmentShare overrides {@code clustering.minSegmentShare}
 * @param maxRejectedShare overrides {@code input.maxRejectedShare}
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

  /** Returns overrides of one flag; {@code maxRejectedShare} is null if the flag is not set. */
  public static SpecOverrides ofMaxRejectedShare(String maxRejectedShare) {
    return new SpecOverrides(null, null, null, null, null, null, null, maxRejectedShare);
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

  private ClusterCount count(ClusterCount specValue, List<String> mistakes) {
    ClusterCount chosen = k == null ? null : ClusterCount.parse(k);
    if (chosen == null && k != null && NumberRange.number(k) == null) {
      mistakes.add("--k: " + k + ClusterCount.EXPECTED);
      return specValue;
    }
    if (chosen == null) {
      // The value of the spec may be a range, so it cannot be the default of a number.
      Number value = number(NumberRange.K, k, null, mistakes);
      return value == null ? specValue : ClusterCount.fixed(value.intValue());
    }
    String violation = chosen.violation();
    if (violation != null) {
      mistakes.add("--k: " + k + violation);
      return specValue;
    }
    return chosen;
  }

  private static Number number(
      NumberRange key, String text, Number specValue, List<String> mistakes) {
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
