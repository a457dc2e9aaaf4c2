package personas.report.rule;

/**
 * A node of a tree of rules: a leaf that gives a persona, or a question that compares a value with
 * a threshold.
 *
 * @param persona the persona of a leaf; -1 for a question
 * @param feature the feature of a question; -1 for a leaf
 * @param threshold the threshold of a question
 * @param atLeast the node for users with a value of at least the threshold; null for a leaf
 * @param below the node for users with a smaller value; null for a leaf
 */
record RuleNode(int persona, int feature, double threshold, RuleNode atLeast, RuleNode below) {

  static RuleNode leaf(int persona) {
    return new RuleNode(persona, -1, 0, null, null);
  }

  boolean isLeaf() {
    return persona >= 0;
  }

  /** Returns the persona of a user; {@code values} are d columns. */
  int persona(double[][] values, int user) {
    RuleNode node = this;
    while (!node.isLeaf()) {
      node = values[node.feature][user] >= node.threshold ? node.atLeast : node.below;
    }
    return node.persona;
  }
}
