package personas.report.rule;

/** A node of a tree of rules: a leaf that gives a persona, or a question about a value. */
sealed interface RuleNode {

  /** The end of a path: its users have this persona. */
  record Leaf(int persona) implements RuleNode {}

  /**
   * A question whether a value is at least a threshold.
   *
   * @param feature the feature of the value
   * @param atLeast the node for users with a value of at least the threshold
   * @param below the node for users with a smaller value
   */
  record Question(int feature, double threshold, RuleNode atLeast, RuleNode below)
      implements RuleNode {}

  /** The values of one user. */
  interface Answers {
    /** Returns whether the value of a feature is at least a threshold. */
    boolean isAtLeast(int feature, double threshold);
  }

  /** Returns the leaf of a user. */
  default Leaf leafOf(Answers answers) {
    RuleNode node = this;
    while (node instanceof Question question) {
      boolean isAtLeast = answers.isAtLeast(question.feature, question.threshold);
      node = isAtLeast ? question.atLeast : question.below;
    }
    return (Leaf) node;
  }

  /** Returns the leaf of a user; {@code values} are d columns. */
  default Leaf leafOf(double[][] values, int user) {
    return leafOf((feature, threshold) -> values[feature][user] >= threshold);
  }
}
