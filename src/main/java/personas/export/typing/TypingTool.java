package personas.export.typing;

import java.util.List;

/**
 * Scores of personas that are linear in a few typed values. A user gets the persona with the
 * highest score; ties go to the first persona. Every export of the tool does the same operations on
 * doubles in the same order.
 *
 * @param inputs the values that are typed
 * @param scores the score of each persona, in the order of the model; all numbers of the last score
 *     are 0
 */
public record TypingTool(List<TypingInput> inputs, List<Score> scores) {

  /**
   * The score of a persona: the constant plus, for each input in order, the weight times the
   * transformed number, or the weight of the level.
   *
   * @param constant the score before any input
   * @param weights the weights of each input: one weight for a number; for a category one weight
   *     for each level, then the weight of a missing value
   */
  public record Score(double constant, List<List<Double>> weights) {}

  /** The result of {@link #persona} for values that the tool does not accept. */
  public static final int REFUSED = -1;

  /**
   * Returns the persona of a user.
   *
   * @param values one value for each input; NaN for a missing value
   * @return the index of the persona, or {@link #REFUSED}
   */
  public int persona(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!inputs.get(i).accepts(values[i])) {
        return REFUSED;
      }
    }
    int best = 0;
    double highest = score(0, values);
    for (int j = 1; j < scores.size(); j++) {
      double score = score(j, values);
      if (score > highest) {
        best = j;
        highest = score;
      }
    }
    return best;
  }

  private double score(int persona, double[] values) {
    double sum = scores.get(persona).constant();
    for (int i = 0; i < values.length; i++) {
      List<Double> weights = scores.get(persona).weights().get(i);
      sum +=
          inputs.get(i).kind() != TypingInput.Kind.LEVEL
              ? weights.get(0) * inputs.get(i).transformed(values[i])
              : weights.get(Double.isNaN(values[i]) ? weights.size() - 1 : (int) values[i]);
    }
    return sum;
  }
}
