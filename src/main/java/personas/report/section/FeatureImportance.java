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
import personas.report.statistic.SilhouetteWithout;

/** How much each column tells the personas apart, the most important first. */
public final class FeatureImportance {
  private FeatureImportance() {}

  /**
   * One row per column that varies, in the order of the explained variance.
   *
   * @param features d of them
   * @param silhouette of the sample; null if there are fewer than two personas with users
   */
  public static List<Importance> of(
      Model model, ReportSample sample, List<Feature> features, Double silhouette) {
    List<List<Integer>> columns = columns(model, features);
    boolean hasDrop = silhouette != null && columns.size() > 1;
    double[] without =
        hasDrop ? SilhouetteWithout.means(sample, model.clusters().size(), columns) : null;
    List<Importance> all = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      all.add(
          new Importance(
              label(features, columns.get(c)),
              columns.get(c),
              explained(model, features, columns.get(c)),
              hasDrop ? silhouette - without[c] : null));
    }
    all.sort(Comparator.comparingDouble((Importance each) -> -each.explained()));
    return all;
  }

  /** The features of each column: one of a number, those of all levels of a category. */
  private static List<List<Integer>> columns(Model model, List<Feature> features) {
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    for (int f = 0; f < features.size(); f++) {
      if (!features.get(f).constant()) {
        String column =
            model.handoverOf(f).level() == null
                ? features.get(f).name()
                : model.handoverOf(f).level().column();
        columns.computeIfAbsent(column, first -> new ArrayList<>()).add(f);
      }
    }
    return List.copyOf(columns.values());
  }

  /** That of the feature; of a category without the level. */
  private static String label(List<Feature> features, List<Integer> column) {
    Feature first = features.get(column.get(0));
    return column.size() == 1
        ? first.label()
        : first.label().substring(0, first.label().length() - (": " + first.level()).length());
  }

  /** A category has the sum of the variances of its levels. */
  private static double explained(Model model, List<Feature> features, List<Integer> column) {
    if (column.size() == 1) {
      return features.get(column.get(0)).explained();
    }
    double between = 0;
    double all = 0;
    for (int f : column) {
      double deviation = model.features().get(f).deviation();
      between += features.get(f).explained() * deviation * deviation;
      all += deviation * deviation;
    }
    return between / all;
  }
}
