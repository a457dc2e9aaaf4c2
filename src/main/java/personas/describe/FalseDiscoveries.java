package personas.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.math3.special.Erf;
import personas.describe.Description.Column;
import personas.describe.Description.Figure;
import personas.describe.Description.Row;

/**
 * Tells differences that could be chance from others, with all of them in view: Y. Benjamini and Y.
 * Hochberg, <i>Controlling the false discovery rate</i>, Journal of the Royal Statistical Society B
 * 57, 1995.
 */
final class FalseDiscoveries {
  /** Of the differences that are said not to be chance, this share may be. */
  static final double RATE = 0.05;

  private FalseDiscoveries() {}

  /** The columns with a mark at each figure. */
  static List<Column> marked(List<Column> columns) {
    double[] probabilities =
        columns.stream()
            .flatMap(column -> column.rows().stream())
            .flatMap(row -> row.personas().stream())
            .map(Figure::test)
            .filter(Objects::nonNull)
            .mapToDouble(FalseDiscoveries::probability)
            .sorted()
            .toArray();
    double limit = limit(probabilities);
    List<Column> marked = new ArrayList<>();
    for (Column column : columns) {
      List<Row> rows = column.rows().stream().map(row -> marked(row, limit)).toList();
      marked.add(
          new Column(column.name(), column.type(), column.missing(), column.strength(), rows));
    }
    return marked;
  }

  /** How likely chance alone gives a figure that is so far out, on either side. */
  static double probability(double test) {
    return Erf.erfc(Math.abs(test) / Math.sqrt(2));
  }

  /** The largest probability that is kept; -1 if none is. */
  static double limit(double[] sorted) {
    for (int i = sorted.length; i > 0; i--) {
      if (sorted[i - 1] <= RATE * i / sorted.length) {
        return sorted[i - 1];
      }
    }
    return -1;
  }

  private static Row marked(Row row, double limit) {
    List<Figure> figures =
        row.personas().stream()
            .map(
                figure ->
                    new Figure(
                        figure.users(),
                        figure.value(),
                        figure.index(),
                        figure.effect(),
                        figure.test(),
                        figure.test() == null || probability(figure.test()) > limit))
            .toList();
    return new Row(row.level(), row.other(), row.all(), figures);
  }
}
