package personas.spec.yaml;

import java.util.Map;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.Stickiness;

/** The key {@code stickiness}: how much nearer another persona must be before a user changes. */
final class StickinessKeys {
  private StickinessKeys() {}

  /** Returns what the keys say; null if no user is ever held. */
  static Stickiness stickiness(SpecNode node, InputSpec input) {
    if (!node.isPresent()) {
      return null;
    }
    Map<String, SpecNode> keys = node.keys("margin", "maxFlipBack");
    SpecNode margin = keys.get("margin");
    double maxFlipBack =
        keys.get("maxFlipBack")
            .number(NumberRange.MAX_FLIP_BACK, Stickiness.DEFAULT_MAX_FLIP_BACK)
            .doubleValue();
    if (!margin.isPresent()) {
      margin.mistake("missing; write auto or a number in 0.0..1.0");
      return null;
    }
    Stickiness stickiness =
        margin.isText("auto")
            ? Stickiness.auto(maxFlipBack)
            : Stickiness.of(margin.number(NumberRange.MARGIN, 0).doubleValue());
    if (stickiness != null) {
      checkInput(node, input);
    }
    return stickiness;
  }

  private static void checkInput(SpecNode node, InputSpec input) {
    if (input.id() == null) {
      node.mistake("needs input.id, because a user without an id is not known from earlier runs");
    }
    if (input.weight() != null) {
      node.mistake(
          "needs the users of the previous run, and a record with input.weight is not one user; leave"
              + " one of them out");
    }
    if (input.passThrough().contains(InputSpec.HELD_COLUMN)) {
      node.mistake(
          "writes a column 'held', and input.passThrough copies a column of this name; leave one of"
              + " them out");
    }
  }
}
