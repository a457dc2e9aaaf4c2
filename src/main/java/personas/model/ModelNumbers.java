package personas.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Checks the numbers of a {@code model.json} that users are scored with, before a model is built of
 * them: a number that is missing would become 0, and one that is not finite would give every user
 * the same cluster.
 */
final class ModelNumbers {
  private static final String REMEDY = "; restore the file, or train the model again";

  private ModelNumbers() {}

  /**
   * Checks a model.
   *
   * @param model the whole file
   * @throws IOException names the first key that holds something else than it may, and its value
   */
  static void check(JsonNode model) throws IOException {
    everyNumberIsFinite("", model);
    JsonNode features = model.path("features");
    for (int f = 0; f < features.size(); f++) {
      checkFeature("features[" + f + "]", features.get(f));
    }
    JsonNode clusters = model.path("clusters");
    for (int j = 0; j < clusters.size(); j++) {
      String key = "clusters[" + j + "]";
      isObject(key, clusters.get(j));
      areNumbers(key + ".centroid", clusters.get(j).path("centroid"));
      areNumbers(key + ".rawMean", clusters.get(j).path("rawMean"));
      JsonNode missing = clusters.get(j).path("missing");
      for (int f = 0; f < missing.size(); f++) {
        isCount(key + ".missing[" + f + "]", missing.get(f));
      }
    }
    JsonNode ranges = model.path("handover").path("features");
    for (int f = 0; f < ranges.size(); f++) {
      checkRange("handover.features[" + f + "]", ranges.get(f));
    }
  }

  private static void everyNumberIsFinite(String key, JsonNode node) throws IOException {
    if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      throw refused(key, node, "a finite number");
    }
    for (var entries = node.fields(); entries.hasNext(); ) {
      var entry = entries.next();
      everyNumberIsFinite(
          key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue());
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      everyNumberIsFinite(key + "[" + i + "]", node.get(i));
    }
  }

  private static void checkFeature(String key, JsonNode feature) throws IOException {
    isObject(key, feature);
    for (String text : new String[] {"name", "transform", "missing"}) {
      if (!feature.path(text).isTextual()) {
        throw refused(key + "." + text, feature.path(text), "a text");
      }
    }
    isNumber(key + ".mean", feature.path("mean"));
    isNotNegative(key + ".deviation", feature.path("deviation"));
    isNumber(key + ".imputedValue", feature.path("imputedValue"));
    JsonNode scale = feature.path("scale");
    if (!scale.isMissingNode() && !scale.isNull()) {
      isScale(key + ".scale", scale, feature.get("deviation"));
    }
    JsonNode limits = feature.path("limits");
    if (!limits.isMissingNode() && !limits.isNull()) {
      isObject(key + ".limits", limits);
      isNumber(key + ".limits.lower", limits.path("lower"));
      isNumber(key + ".limits.upper", limits.path("upper"));
      isCount(key + ".limits.below", limits.path("below"));
      isCount(key + ".limits.above", limits.path("above"));
      if (limits.get("lower").doubleValue() >= limits.get("upper").doubleValue()) {
        throw refused(key + ".limits.lower", limits.get("lower"), "a number below limits.upper");
      }
    }
  }

  private static void checkRange(String key, JsonNode range) throws IOException {
    isObject(key, range);
    for (String limit : new String[] {"min", "max"}) {
      JsonNode value = range.path(limit);
      if (!value.isMissingNode() && !value.isNull()) {
        isNumber(key + "." + limit, value);
      }
    }
    checkCounts(key, range);
    checkCounts(key + ".earlier", range.path("earlier"));
  }

  private static void checkCounts(String key, JsonNode range) throws IOException {
    areNumbers(key + ".points", range.path("points"));
    JsonNode counts = range.path("counts");
    for (int i = 0; i < counts.size(); i++) {
      isCount(key + ".counts[" + i + "]", counts.get(i));
    }
  }

  private static void isObject(String key, JsonNode value) throws IOException {
    if (!value.isObject()) {
      throw refused(key, value, "an object");
    }
  }

  private static void areNumbers(String key, JsonNode values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      isNumber(key + "[" + i + "]", values.get(i));
    }
  }

  private static void isNumber(String key, JsonNode value) throws IOException {
    if (!value.isNumber()) {
      throw refused(key, value, "a finite number");
    }
  }

  private static void isNotNegative(String key, JsonNode value) throws IOException {
    if (!value.isNumber() || value.doubleValue() < 0) {
      throw refused(key, value, "a finite number of at least 0");
    }
  }

  private static void isScale(String key, JsonNode scale, JsonNode deviation) throws IOException {
    if (!scale.isNumber() || scale.doubleValue() <= 0 || deviation.doubleValue() == 0) {
      throw refused(key, scale, "a finite number above 0 beside a deviation above 0");
    }
  }

  private static void isCount(String key, JsonNode value) throws IOException {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw refused(key, value, "a whole number of at least 0");
    }
  }

  private static IOException refused(String key, JsonNode value, String allowed) {
    String shown = value.isMissingNode() ? "nothing" : value.toString();
    String cut = shown.length() > 40 ? shown.substring(0, 40) + "…" : shown;
    return new IOException(key + ": " + cut + " is not " + allowed + REMEDY);
  }
}
