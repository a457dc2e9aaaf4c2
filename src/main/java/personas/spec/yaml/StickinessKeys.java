package personas.spec.yaml;

import java.util.Map;
import personas.spec.InputSpec;
import personas.spec.NumberRange;
import personas.spec.Stickiness;

/**
 * Reads the key {@code stickiness}: how much nearer another persona must be before a user changes
 * persona.
 */
final class StickinessKeys {
  private StickinessKeys() {}

  /**
   * Returns the stickiness; null if no user is held, because the key is absent or the margin is 0.
   */
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
      margin.addMistake("missing; write auto or a number in 0.0..1.0");
      return null;
    }
    boolean isAuto = margin.isText("auto");
    if (!isAuto && keys.get("maxFlipBack").isPresent()) {
      keys.get("maxFlipBack")
          .addMistake("applies only to margin: auto; remove it, or write margin: auto");
    }
    Stickiness stickiness =
        isAuto
            ? Stickiness.auto(maxFlipBack)
            : Stickiness.of(margin.number(NumberRange.MARGIN, 0).doubleValue());
    if (stickiness != null) {
      checkInput(node, input);
    }
    return stickiness;
  }

  private static void checkInput(SpecNode node, InputSpec input) {
    if (input.id() == null) {
      node.addMistake("needs input.id, which identifies a user in earlier runs");
    }
    if (input.weight() != null) {
      node.addMistake(
          "needs the users of the previous run, but with input.weight a record is not one user;"
              + " remove stickiness or input.weight");
    }
    if (input.passThrough().contains(InputSpec.HELD_COLUMN)) {
      node.addMistake(
          "writes a column 'held', and input.passThrough copies a column of this name; remove one of"
              + " them");
    }
  }
}
