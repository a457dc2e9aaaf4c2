package personas.report.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import personas.model.Model;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.Importance;
import personas.report.data.ReportSample;
import personas.report.statistic.SilhouetteWithoutFeatures;

/** Computes how much each column contributes to the personas. */
public final class FeatureImportance {
  private FeatureImportance() {}

  /**
   * Returns one row for each column that is not constant. The row with the most explained variance
   * comes first.
   *
   * @param features the d features
   * @param silhouette mean silhouette of the sample; null if fewer than two personas have users
   */
  public static List<Importance> of(
      Model model, ReportSample sample, List<Feature> features, Double silhouette) {
    List<List<Integer>> columns = columns(model, features);
    boolean hasDrop = silhouette != null && columns.size() > 1;
    double[] without =
        hasDrop ? SilhouetteWithoutFeatures.means(sample, model.clusters().size(), columns) : null;
    List<Importance> rows = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      rows.add(
          new Importance(
              label(features, columns.get(c)),
              columns.get(c),
              explained(model, features, columns.get(c)),
              hasDrop ? silhouette - without[c] : null));
    }
    rows.sort(Comparator.comparingDouble((Importance row) -> -row.explained()));
    return rows;
  }

  /** Returns the features of each column: one for a number, one per level for a category. */
  private static List<List<Integer>> columns(Model model, List<Feature> features) {
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      if (!features.get(f).constant()) {
        String column =
            model.featureContext(f).level() == null
                ? features.get(f).name()
                : model.featureContext(f).level().column();
        columns.computeIfAbsent(column, name -> new ArrayList<>()).add(f);
      }
    }
    return List.copyOf(columns.values());
  }

  /** Returns the label of a column; the label of a category does not name the level. */
  private static String label(List<Feature> features, List<Integer> column) {
    Feature first = features.get(column.get(0));
    return column.size() == 1
        ? first.label()
        : first.label().substring(0, first.label().length() - (": " + first.level()).length());
  }

  /**
   * Returns the share of a column's variance that lies between the personas, 0..1. The variance of
   * a category is the sum over the levels.
   */
  private static double explained(Model model, List<Feature> features, List<Integer> column) {
    if (column.size() == 1) {
      return features.get(column.get(0)).explained();
    }
    double between = 0;
    double total = 0;
    for (int f : column) {
      double deviation = model.features().get(f).deviation();
      between += features.get(f).explained() * deviation * deviation;
      total += deviation * deviation;
    }
    return between / total;
  }
}
