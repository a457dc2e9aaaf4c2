package personas.report.rule;

/**
 * A node of a tree of rules: a leaf that gives a persona, or a question whether a value is at least
 * a threshold.
 *
 * @param persona of a leaf; -1 of a question
 * @param feature that a question is about; -1 of a leaf
 * @param threshold of a question
 * @param atLeast the node of the users whose value is at or above the threshold; null of a leaf
 * @param below the node of the others; null of a leaf
 */
record RuleNode(int persona, int feature, double threshold, RuleNode atLeast, RuleNode below) {

  static RuleNode leaf(int persona) {
    return new RuleNode(persona, -1, 0, null, null);
  }

  boolean isLeaf() {
    return persona >= 0;
  }

  /** The persona of a user; values are d columns. */
  int persona(double[][] values, int user) {
    RuleNode node = this;
    while (!node.isLeaf()) {
      node = values[node.feature][user] >= node.threshold ? node.atLeast : node.below;
    }
    return node.persona;
  }
}
