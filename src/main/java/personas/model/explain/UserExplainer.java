package personas.model.explain;

import java.math.BigDecimal;
import java.util.List;
import personas.feature.Feature;
import personas.feature.FeatureType;
import personas.feature.FeatureWords;
import personas.feature.moments.Standardizer;
import personas.kmeans.Centroids;

/**
 * Explains the personas of users in words: why a user has its persona, and the least change of its
 * values that gives it the second persona. Not thread-safe: it owns its buffers.
 */
public final class UserExplainer {
  /** A number with more digits before its point is written with an exponent. */
  private static final int MOST_DIGITS = 18;

  private final List<Feature> columns;
  private final Contributions contributions;
  private final LeastChange changes;
  private double[] zScores;
  private double[] raw;
  private int second;

  /**
   * An explainer of the users of a model.
   *
   * @param rules one per feature
   */
  public UserExplainer(Standardizer standardizer, Centroids centroids, List<ChangeRule> rules) {
    this.columns = standardizer.schema().features();
    this.contributions = new Contributions(columns, centroids);
    this.changes = new LeastChange(standardizer, centroids, rules);
  }

  /**
   * Takes the user that the texts explain.
   *
   * @param rawValues d raw values; NaN where one is missing
   * @param coordinates d standardized values
   * @param nearest the cluster of the user, by place
   * @param runnerUp the second nearest cluster, by place; -1 if there is only one cluster
   */
  public void take(double[] rawValues, double[] coordinates, int nearest, int runnerUp) {
    raw = rawValues;
    zScores = coordinates;
    second = runnerUp;
    if (second >= 0) {
      contributions.compute(zScores, nearest, second);
    }
  }

  /** Why the user has its persona; empty if there is only one cluster. */
  public String why() {
    return second < 0 ? "" : contributions.text();
  }

  /** The least change that gives the user the second persona; empty if there is none. */
  public String leastChange() {
    double[] changed = second < 0 ? null : changes.find(raw, zScores, second);
    if (changed == null) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int f = 0; f < changed.length; f++) {
      Feature feature = columns.get(f);
      boolean isChosenLevel = feature.level() != null && changed[f] == 1;
      if (Double.compare(changed[f], raw[f]) == 0 || (feature.level() != null && !isChosenLevel)) {
        continue;
      }
      FeatureWords words = feature.words();
      text.append(text.isEmpty() ? "" : "; ").append(words.labelOr(feature.column())).append(": ");
      text.append(feature.level() == null ? value(feature, raw[f]) : levelOf(feature.column()));
      text.append(" to ");
      text.append(feature.level() == null ? value(feature, changed[f]) : feature.level().level());
      text.append(words.unit() == null ? "" : " " + words.unit());
    }
    return text.toString();
  }

  /** The level of the user before the change. */
  private String levelOf(String column) {
    for (int f = 0; f < raw.length; f++) {
      Feature feature = columns.get(f);
      if (feature.level() != null && feature.column().equals(column) && raw[f] == 1) {
        return feature.level().level();
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
        shortest.precision() - shortest.scale() <= MOST_DIGITS && shortest.scale() <= MOST_DIGITS;
    return isPlain ? shortest.toPlainString() : shortest.toString();
  }
}
