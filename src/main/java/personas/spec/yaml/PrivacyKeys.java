package personas.spec.yaml;

import java.util.Map;
import personas.spec.NumberRange;
import personas.spec.Privacy;

/** The key {@code privacy}: what the report says nothing about. */
final class PrivacyKeys {
  private PrivacyKeys() {}

  /** Returns what the key says: {@code off}, or the least group that the report speaks of. */
  static Privacy privacy(SpecNode node) {
    if (!node.isPresent()) {
      return Privacy.DEFAULT;
    }
    if (node.isText("off")) {
      return Privacy.OFF;
    }
    if (!node.isMap()) {
      node.mistake("is neither off nor a map such as {minGroup: 5}");
      return Privacy.DEFAULT;
    }
    Map<String, SpecNode> keys = node.keys("minGroup");
    return new Privacy(
        keys.get("minGroup").number(NumberRange.MIN_GROUP, Privacy.DEFAULT.minGroup()).intValue());
  }
}
