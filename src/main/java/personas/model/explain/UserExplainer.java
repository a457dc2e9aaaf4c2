package personas.model.explain;

import java.math.BigDecimal;
import java.util.List;
import personas.feature.ColumnFeature;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.LevelFeature;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;

/**
 * Explains the personas of users in words: why a user has a persona, and the least change of values
 * that gives the user the second persona. An instance is not thread-safe, because it owns its
 * buffers.
 */
public final class UserExplainer {
  /** A number with more digits before or after the decimal point is written with an exponent. */
  private static final int MAX_DIGITS = 18;

  private final List<Feature> columns;
  private final Contributions contributions;
  private final LeastChange changes;
  private double[] zScores;
  private double[] raw;
  private int second;

  /**
   * Creates an explainer for the users of a model.
   *
   * @param standardizer standardizes raw values
   * @param centroids the centroids of the model
   * @param rules one rule per feature
   */
  public UserExplainer(Standardizer standardizer, Centroids centroids, List<ChangeRule> rules) {
    this.columns = standardizer.schema().features();
    this.contributions = new Contributions(columns, centroids);
    this.changes = new LeastChange(standardizer, centroids, rules);
  }

  /**
   * Sets the user that {@link #why} and {@link #leastChange} explain.
   *
   * @param rawValues d raw values; NaN means missing
   * @param coordinates d standardized values
   * @param nearest the index of the cluster of the user
   * @param runnerUp the index of the second nearest cluster; -1 if there is only one cluster
   */
  public void setUser(double[] rawValues, double[] coordinates, int nearest, int runnerUp) {
    raw = rawValues;
    zScores = coordinates;
    second = runnerUp;
    if (second >= 0) {
      contributions.compute(zScores, nearest, second);
    }
  }

  /**
   * Returns why the user has its persona: the contributions of features, the largest first. The
   * text is empty if there is only one cluster.
   */
  public String why() {
    return second < 0 ? "" : contributions.text();
  }

  /**
   * Returns the least change that gives the user the second persona, for example {@code visits: 3
   * to 5}. The text is empty if no allowed change gives the user the second persona.
   */
  public String leastChange() {
    double[] changed = second < 0 ? null : changes.find(raw, zScores, second);
    if (changed == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int f = 0; f < changed.length; f++) {
      Feature feature = columns.get(f);
      boolean isColumn = feature instanceof ColumnFeature;
      if (Double.compare(changed[f], raw[f]) == 0 || (!isColumn && changed[f] != 1)) {
        continue;
      }
      FeatureWords words = feature.words();
      text.append(text.isEmpty() ? "" : "; ").append(words.labelOr(feature.column())).append(": ");
      text.append(isColumn ? value(feature, raw[f]) : levelOf(feature.column()));
      text.append(" to ");
      text.append(
          feature instanceof LevelFeature indicator
              ? indicator.level().level()
              : value(feature, changed[f]));
      text.append(words.unit() == null ? "" : " " + words.unit());
    }
    return text.toString();
  }

  /** Returns the category level of the user before the change. */
  private String levelOf(String column) {
    for (int f = 0; f < raw.length; f++) {
      Feature feature = columns.get(f);
      if (raw[f] == 1
          && feature instanceof LevelFeature indicator
          && indicator.column().equals(column)) {
        return indicator.level().level();
      }
    }
    return "missing";
  }

  private static String value(Feature feature, double value) {
    if (Double.isNaN(value)) {
      return "missing";
    }
    if (feature.type() == FeatureType.BOOLEAN) {
      return value == 1 ? "yes" : "no";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
    boolean isPlain =
        shortest.precision() - shortest.scale() <= MAX_DIGITS && shortest.scale() <= MAX_DIGITS;
    return isPlain ? shortest.toPlainString() : shortest.toString();
  }
}
