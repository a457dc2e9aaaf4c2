package personas.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import personas.describe.Description.Column;
import personas.describe.Description.Figure;
import personas.describe.Description.Row;

/**
 * Marks the differences that could be chance. A report compares many figures, so this class
 * controls the false discovery rate over all of them. Source: Y. Benjamini and Y. Hochberg,
 * <i>Controlling the false discovery rate</i>, Journal of the Royal Statistical Society B 57, 1995.
 * If no column differs between the personas, the rate is the probability that a report shows a
 * difference without a mark. A difference is also marked if its 95% interval includes 0 or does not
 * exist.
 */
final class FalseDiscoveries {
  /** The largest expected share of chance results among the differences that are not marked. */
  static final double RATE = 0.05;

  private FalseDiscoveries() {}

  /** Returns the columns with a mark at each figure that could be chance. */
  static List<Column> marked(List<Column> columns) {
    double[] probabilities =
        columns.stream()
            .flatMap(column -> column.rows().stream())
            .flatMap(row -> row.personas().stream())
            .map(Figure::probability)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    double limit = limit(probabilities);
    List<Column> marked = new ArrayList<>();
    for (Column column : columns) {
      List<Row> rows = column.rows().stream().map(row -> marked(row, limit)).toList();
      marked.add(
          new Column(
              column.name(),
              column.type(),
              column.missing(),
              column.strength(),
              column.adjustedRand(),
              rows));
    }
    return marked;
  }

  /**
   * Returns the largest p-value of a difference that is not chance; -1 if all could be chance.
   *
   * @param probabilities the p-values in ascending order
   */
  static double limit(double[] probabilities) {
    for (int i = probabilities.length; i > 0; i--) {
      if (probabilities[i - 1] <= RATE * i / probabilities.length) {
        return probabilities[i - 1];
      }
    }
    return -1;
  }

  private static Row marked(Row row, double limit) {
    return new Row(
        row.level(),
        row.other(),
        row.all(),
        row.personas().stream()
            .map(figure -> figure.marked(!isBeyondChance(figure, limit)))
            .toList());
  }

  private static boolean isBeyondChance(Figure figure, double limit) {
    return figure.probability() != null
        && figure.probability() <= limit
        && figure.differenceInterval() != null
        && figure.differenceInterval().excludes(0);
  }
}
