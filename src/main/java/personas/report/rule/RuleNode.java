package personas.report.rule;

/** A node of a tree of rules: a leaf that gives a persona, or a question about a value. */
sealed interface RuleNode {

  /** The end of a path: its users have this persona. */
  record Leaf(int persona) implements RuleNode {}

  /**
   * Whether a value is at least a threshold.
   *
   * @param feature that the question is about
   * @param atLeast the node of the users whose value is at or above the threshold
   * @param below the node of the others
   */
  record Question(int feature, double threshold, RuleNode atLeast, RuleNode below)
      implements RuleNode {}

  /** The values of one user. */
  interface Answers {
    /** Whether the value of a feature is at least a threshold. */
    boolean isAtLeast(int feature, double threshold);
  }

  /** The leaf of a user. */
  default Leaf leafOf(Answers answers) {
    RuleNode node = this;
    while (node instanceof Question question) {
      boolean isAtLeast = answers.isAtLeast(question.feature, question.threshold);
      node = isAtLeast ? question.atLeast : question.below;
    }
    return (Leaf) node;
  }

  /** The leaf of a user of d columns of values. */
  default Leaf leafOf(double[][] values, int user) {
    return leafOf((feature, threshold) -> values[feature][user] >= threshold);
  }
}
