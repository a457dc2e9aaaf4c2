package personas.model.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The first value in which two JSON documents differ, in the order of the first document.
 *
 * @param path where the value is, such as {@code clusters[2].centroid[0]}
 * @param first the value in the first document as JSON; {@value #NONE} if it is not there
 * @param second the value in the second document as JSON; {@value #NONE} if it is not there
 */
record JsonDifference(String path, String first, String second) {
  static final String NONE = "missing";

  /** Returns the first difference below a path; empty if both values are equal. */
  static Optional<JsonDifference> between(String path, JsonNode first, JsonNode second) {
    if (first.equals(second)) {
      return Optional.empty();
    }
    if (first.isObject() && second.isObject()) {
      return ofObjects(path, first, second);
    }
    if (first.isArray() && second.isArray()) {
      return ofArrays(path, first, second);
    }
    return Optional.of(new JsonDifference(path, text(first), text(second)));
  }

  private static Optional<JsonDifference> ofObjects(String path, JsonNode first, JsonNode second) {
    String prefix = path.isEmpty() ? "" : path + ".";
    for (Iterator<Map.Entry<String, JsonNode>> fields = first.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      Optional<JsonDifference> difference =
          between(prefix + field.getKey(), field.getValue(), second.path(field.getKey()));
      if (difference.isPresent()) {
        return difference;
      }
    }
    for (Iterator<String> names = second.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!first.has(name)) {
        return Optional.of(new JsonDifference(prefix + name, NONE, text(second.get(name))));
      }
    }
    return Optional.empty();
  }

  private static Optional<JsonDifference> ofArrays(String path, JsonNode first, JsonNode second) {
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      Optional<JsonDifference> difference =
          between(path + "[" + i + "]", first.path(i), second.path(i));
      if (difference.isPresent()) {
        return difference;
      }
    }
    return Optional.empty();
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? NONE : value.toString();
  }
}
