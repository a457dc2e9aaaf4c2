package personas.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Checks the numbers of a {@code model.json} before a model is built. A missing number would become
 * 0, and a number that is not finite would give every user the same cluster.
 */
final class ModelNumbers {
  private static final String REMEDY = "; restore the file, or train the model again";

  private ModelNumbers() {}

  /**
   * Checks all numbers of a model.
   *
   * @param model the whole file
   * @throws IOException if a number is missing or not allowed; the message names the key and the
   *     value
   */
  static void check(JsonNode model) throws IOException {
    checkFinite("", model);
    JsonNode features = model.path("features");
    for (int f = 0; f < features.size(); f++) {
      checkFeature("features[" + f + "]", features.get(f));
    }
    JsonNode clusters = model.path("clusters");
    for (int j = 0; j < clusters.size(); j++) {
      String key = "clusters[" + j + "]";
      requireObject(key, clusters.get(j));
      requireNumbers(key + ".centroid", clusters.get(j).path("centroid"));
      requireNumbers(key + ".rawMean", clusters.get(j).path("rawMean"));
      JsonNode missing = clusters.get(j).path("missing");
      for (int f = 0; f < missing.size(); f++) {
        requireCount(key + ".missing[" + f + "]", missing.get(f));
      }
    }
    JsonNode contexts = model.path("handover").path("features");
    for (int f = 0; f < contexts.size(); f++) {
      checkContext("handover.features[" + f + "]", contexts.get(f));
    }
  }

  private static void checkFinite(String key, JsonNode node) throws IOException {
    if (node.isNumber() && !Double.isFinite(node.doubleValue())) {
      throw rejection(key, node, "a finite number");
    }
    for (var entries = node.fields(); entries.hasNext(); ) {
      var entry = entries.next();
      checkFinite(key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue());
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      checkFinite(key + "[" + i + "]", node.get(i));
    }
  }

  private static void checkFeature(String key, JsonNode feature) throws IOException {
    requireObject(key, feature);
    for (String text : new String[] {"name", "transform", "missing"}) {
      if (!feature.path(text).isTextual()) {
        throw rejection(key + "." + text, feature.path(text), "a text");
      }
    }
    requireNumber(key + ".mean", feature.path("mean"));
    requireNotNegative(key + ".deviation", feature.path("deviation"));
    requireNumber(key + ".imputedValue", feature.path("imputedValue"));
    JsonNode scale = feature.path("scale");
    if (!scale.isMissingNode() && !scale.isNull()) {
      requireScale(key + ".scale", scale, feature.get("deviation"));
    }
    JsonNode limits = feature.path("limits");
    if (!limits.isMissingNode() && !limits.isNull()) {
      requireObject(key + ".limits", limits);
      requireNumber(key + ".limits.lower", limits.path("lower"));
      requireNumber(key + ".limits.upper", limits.path("upper"));
      requireCount(key + ".limits.below", limits.path("below"));
      requireCount(key + ".limits.above", limits.path("above"));
      if (limits.get("lower").doubleValue() >= limits.get("upper").doubleValue()) {
        throw rejection(key + ".limits.lower", limits.get("lower"), "a number below limits.upper");
      }
    }
  }

  private static void checkContext(String key, JsonNode context) throws IOException {
    requireObject(key, context);
    for (String limit : new String[] {"min", "max"}) {
      JsonNode value = context.path(limit);
      if (!value.isMissingNode() && !value.isNull()) {
        requireNumber(key + "." + limit, value);
      }
    }
    checkCounts(key, context);
    checkCounts(key + ".earlier", context.path("earlier"));
  }

  private static void checkCounts(String key, JsonNode pointCounts) throws IOException {
    requireNumbers(key + ".points", pointCounts.path("points"));
    JsonNode counts = pointCounts.path("counts");
    for (int i = 0; i < counts.size(); i++) {
      requireCount(key + ".counts[" + i + "]", counts.get(i));
    }
  }

  private static void requireObject(String key, JsonNode value) throws IOException {
    if (!value.isObject()) {
      throw rejection(key, value, "an object");
    }
  }

  private static void requireNumbers(String key, JsonNode values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      requireNumber(key + "[" + i + "]", values.get(i));
    }
  }

  private static void requireNumber(String key, JsonNode value) throws IOException {
    if (!value.isNumber()) {
      throw rejection(key, value, "a finite number");
    }
  }

  private static void requireNotNegative(String key, JsonNode value) throws IOException {
    if (!value.isNumber() || value.doubleValue() < 0) {
      throw rejection(key, value, "a finite number of at least 0");
    }
  }

  private static void requireScale(String key, JsonNode scale, JsonNode deviation)
      throws IOException {
    if (!scale.isNumber() || scale.doubleValue() <= 0 || deviation.doubleValue() == 0) {
      throw rejection(key, scale, "a finite number above 0, with a deviation above 0");
    }
  }

  private static void requireCount(String key, JsonNode value) throws IOException {
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw rejection(key, value, "a whole number of at least 0");
    }
  }

  private static IOException rejection(String key, JsonNode value, String allowed) {
    if (value.isMissingNode()) {
      return new IOException(key + ": missing; must be " + allowed + REMEDY);
    }
    String text = value.toString();
    String excerpt = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new IOException(key + ": " + excerpt + " is not " + allowed + REMEDY);
  }
}
