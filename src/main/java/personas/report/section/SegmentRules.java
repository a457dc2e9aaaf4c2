package personas.report.section;

import java.util.List;
import java.util.stream.IntStream;
import personas.feature.CategoryLevel;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.MissingPolicy;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.model.Model.FeatureModel;
import personas.report.data.ReportData.Feature;
import personas.report.data.ReportData.RuleSet;
import personas.report.data.ReportInput;
import personas.report.rule.RuleColumn;
import personas.report.rule.RuleFeature;
import personas.report.rule.RuleSetBuilder;
import personas.text.sql.SqlDialect;

/** Finds the rules that give each user a persona, with the labels of the report. */
public final class SegmentRules {
  private SegmentRules() {}

  /**
   * Returns the rules of a run.
   *
   * @param features the d features of the report
   * @return null if there is only one persona or the sample is empty
   */
  public static RuleSet of(ReportInput input, List<Feature> features) {
    List<RuleFeature> ruleFeatures =
        IntStream.range(0, features.size())
            .mapToObj(f -> feature(input, f, features.get(f)))
            .toList();
    List<String> names = input.model().clusters().stream().map(ClusterModel::persona).toList();
    return new RuleSetBuilder(input.sample(), ruleFeatures, names.size())
        .build(input.rules().depthFor(names.size()), names, input.rules().dialect());
  }

  /** Returns the column that a feature has in SQL. */
  static RuleColumn column(ReportInput input, int f) {
    Model model = input.model();
    CategoryLevel level = model.featureContext(f).level();
    SqlDialect dialect = input.rules().dialect();
    if (level != null) {
      boolean missingIsLevel = model.features().get(f).missing() == MissingPolicy.LEVEL;
      return new RuleColumn.Category(level, missingIsLevel, dialect);
    }
    String name = model.features().get(f).name();
    return model.featureContext(f).type() == FeatureType.BOOLEAN
        ? new RuleColumn.Booleans(name, dialect)
        : new RuleColumn.Numbers(name, dialect);
  }

  private static RuleFeature feature(ReportInput input, int f, Feature feature) {
    FeatureModel trained = input.model().features().get(f);
    RuleColumn column = column(input, f);
    return new RuleFeature(
        column,
        label(column, input.model().featureContext(f).wordsOrNone(), feature),
        column instanceof RuleColumn.Category ? null : feature.unit(),
        imputedValue(trained, column),
        feature.missing() == null
            || feature.missing() > 0
            || trained.missing() == MissingPolicy.LEVEL);
  }

  private static String label(RuleColumn column, FeatureWords words, Feature feature) {
    if (!(column instanceof RuleColumn.Category)) {
      return feature.label();
    }
    return words.label() == null
        ? FeatureLabel.of(column.name()).label()
        : FeatureLabel.declared(words.label()).label();
  }

  /**
   * Returns the raw imputed value of a feature, which is 0 or 1 for a level or a boolean. Returns
   * NaN if records with missing values are rejected.
   */
  private static double imputedValue(FeatureModel feature, RuleColumn column) {
    return switch (feature.missing()) {
      case REJECT -> Double.NaN;
      case LEVEL ->
          column instanceof RuleColumn.Category category && category.level().isOfMissing() ? 1 : 0;
      case ZERO, MEAN, MEDIAN, MODE -> {
        double value = feature.valueOfMissing();
        yield column instanceof RuleColumn.Numbers ? value : value >= 0.5 ? 1 : 0;
      }
    };
  }
}
