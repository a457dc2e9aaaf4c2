package personas.spec.yaml;

import java.util.Map;
import personas.spec.NumberRange;
import personas.spec.Privacy;

/** Reads the key {@code privacy}, which defines the groups that are too small for the report. */
final class PrivacyKeys {
  private PrivacyKeys() {}

  /** Returns the value of the key; the default if the key is absent. */
  static Privacy privacy(SpecNode node) {
    if (!node.isPresent()) {
      return Privacy.DEFAULT;
    }
    if (node.isText("off")) {
      return Privacy.OFF;
    }
    if (!node.isMap()) {
      node.addMistake("is neither off nor a map such as {minGroup: 5}");
      return Privacy.DEFAULT;
    }
    Map<String, SpecNode> keys = node.keys("minGroup");
    return new Privacy(
        keys.get("minGroup").number(NumberRange.MIN_GROUP, Privacy.DEFAULT.minGroup()).intValue());
  }
}
