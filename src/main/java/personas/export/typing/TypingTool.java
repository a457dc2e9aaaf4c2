package personas.export.typing;

import java.util.List;

/**
 * The scores of the personas, linear in a few values. A user gets the persona of the highest score;
 * of equal scores the first one counts. Every export of the tool does these operations on doubles
 * in this order.
 *
 * @param inputs the values that are typed
 * @param scores one for each persona, in the order of the model; all numbers of the last are 0
 */
public record TypingTool(List<TypingInput> inputs, List<Score> scores) {

  /**
   * A score: the constant plus, for each input in its order, the weight times the transformed
   * number, or the weight of the level.
   *
   * @param constant the score before any input
   * @param weights of each input: one of a number; of a category one for each level, then the
   *     weight of a missing value
   */
  public record Score(double constant, List<List<Double>> weights) {}

  /** Returned for values that the tool does not take. */
  public static final int REFUSED = -1;

  /**
   * The persona of a user.
   *
   * @param values one for each input, NaN if it is missing
   * @return the place of the persona, or {@link #REFUSED}
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
