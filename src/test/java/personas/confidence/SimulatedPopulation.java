package personas.confidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.special.Erf;
import personas.describe.DescribedRows;
import personas.describe.Description;
import personas.describe.Description.Column;
import personas.describe.Description.Row;
import personas.describe.DescriptionBuilder;
import personas.kmeans.Centroids;
import personas.kmeans.seeding.Seeding;
import personas.math.Grid;

/**
 * A population of groups that lie on one feature, and users who are drawn from it. The described
 * columns depend on the group. The clusters are found in the users who are drawn; what is true of
 * them in the population follows from the normal distribution between two neighboring centroids.
 */
final class SimulatedPopulation {
  private static final List<String> PLANS = List.of("free", "pro", "team");
  private static final List<String> COLUMNS =
      List.of("churned", "plan", "logins", "tenure", "revenue");

  /** Whole numbers are read faster. */
  private static final int PRECISION = 1_000;

  private final Random random;
  private final int groups;
  private final double[] weights;
  private final double[] centers;
  private final double[] churn;
  private final double[][] plans;
  private final double[] logins;
  private final double[] tenure;
  private final double[] revenue;

  SimulatedPopulation(long seed) {
    random = new Random(seed);
    groups = 2 + random.nextInt(3);
    weights = shares(groups);
    centers = new double[groups];
    for (int g = 1; g < groups; g++) {
      centers[g] = centers[g - 1] + 2 + 4 * random.nextDouble();
    }
    churn = random.doubles(groups, 0.05, 0.6).toArray();
    plans = new double[groups][];
    Arrays.setAll(plans, g -> shares(PLANS.size()));
    logins = random.doubles(groups, 0.5, 12).toArray();
    tenure = random.doubles(groups, 20, 60).toArray();
    revenue = random.doubles(groups, 20, 200).toArray();
  }

  private double[] shares(int parts) {
    double[] shares = random.doubles(parts, 0.3, 1).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(each -> each / sum).toArray();
  }

  private int drawn(double[] shares) {
    double left = random.nextDouble();
    int part = 0;
    while (part < shares.length - 1 && left >= shares[part]) {
      left -= shares[part++];
    }
    return part;
  }

  /** Counts the intervals of a sample, by what they are of. */
  void check(int users, Coverage coverage) {
    int[] group = new int[users];
    double[][] feature = new double[1][users];
    for (int i = 0; i < users; i++) {
      group[i] = drawn(weights);
      feature[0][i] = Grid.round(centers[group[i]] + random.nextGaussian());
    }
    int k = 2 + random.nextInt(3);
    Centroids centroids = new Seeding(feature, users).greedy(k, 1, 2).centroids();
    double[] ends = centroids.toArray();
    Arrays.sort(ends);
    double[] borders = new double[k + 1];
    Arrays.setAll(borders, j -> j == 0 ? -1e9 : j == k ? 1e9 : (ends[j - 1] + ends[j]) / 2);
    int[] clusters = new int[users];
    DescribedRows rows = new DescribedRows(COLUMNS, k);
    for (int i = 0; i < users; i++) {
      while (feature[0][i] > borders[clusters[i] + 1]) {
        clusters[i]++;
      }
      rows.add(clusters[i], texts(group[i]));
    }
    described(DescriptionBuilder.of(rows.users(), users), borders, coverage);
    features(feature[0], clusters, borders, coverage);
  }

  private List<String> texts(int g) {
    int count = 0;
    for (double left = Math.exp(-logins[g]), p = random.nextDouble(); p > left && count < 99; ) {
      count++;
      p *= random.nextDouble();
    }
    return List.of(
        random.nextDouble() < churn[g] ? "yes" : "no",
        PLANS.get(drawn(plans[g])),
        String.valueOf(count),
        String.valueOf(Math.round(PRECISION * (tenure[g] + 15 * random.nextGaussian()))),
        String.valueOf(Math.round(-PRECISION * revenue[g] * Math.log(1 - random.nextDouble()))));
  }

  private void described(Description description, double[] borders, Coverage coverage) {
    for (Column column : description.columns()) {
      for (Row row : column.rows()) {
        double[] truth = truth(column.name(), row.level());
        for (int j = 0; j < borders.length - 1; j++) {
          double own = mean(truth, borders[j], borders[j + 1]);
          double all = mean(truth, borders[0], borders[borders.length - 1]);
          coverage.add(column.name(), row.personas().get(j).valueInterval(), own);
          coverage.add(
              column.name() + ", difference",
              row.personas().get(j).differenceInterval(),
              own - all);
        }
      }
    }
  }

  /** By group the mean or the share of a column. */
  private double[] truth(String column, String level) {
    return switch (column) {
      case "churned" -> churn;
      case "plan" -> Arrays.stream(plans).mapToDouble(p -> p[PLANS.indexOf(level)]).toArray();
      case "logins" -> logins;
      case "tenure" -> Arrays.stream(tenure).map(each -> PRECISION * each).toArray();
      default -> Arrays.stream(revenue).map(each -> PRECISION * each).toArray();
    };
  }

  private double share(int g, double low, double high) {
    return weights[g] * (below(high - centers[g]) - below(low - centers[g]));
  }

  private static double below(double z) {
    return Erf.erfc(-z / Math.sqrt(2)) / 2;
  }

  /** The mean of the users between two borders, of values that depend on the group. */
  private double mean(double[] truth, double low, double high) {
    double sum = 0;
    double users = 0;
    for (int g = 0; g < groups; g++) {
      sum += share(g, low, high) * truth[g];
      users += share(g, low, high);
    }
    return sum / users;
  }

  /** The mean of the feature between two borders. */
  private double center(double low, double high) {
    double sum = 0;
    double users = 0;
    for (int g = 0; g < groups; g++) {
      double density = density(low - centers[g]) - density(high - centers[g]);
      sum += share(g, low, high) * centers[g] + weights[g] * density;
      users += share(g, low, high);
    }
    return sum / users;
  }

  private static double density(double z) {
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  }

  private void features(double[] feature, int[] clusters, double[] borders, Coverage coverage) {
    int k = borders.length - 1;
    double all = center(borders[0], borders[k]);
    for (int j = 0; j < k; j++) {
      List<Double> own = new ArrayList<>();
      List<Double> others = new ArrayList<>();
      for (int i = 0; i < feature.length; i++) {
        (clusters[i] == j ? own : others).add(feature[i]);
      }
      double share = 0;
      for (int g = 0; g < groups; g++) {
        share += share(g, borders[j], borders[j + 1]);
      }
      coverage.add("share", UserBootstrap.share(feature.length, own.size()), share);
      coverage.add(
          "feature, difference",
          UserBootstrap.meanDifference(spread(own), spread(others)),
          center(borders[j], borders[j + 1]) - all);
    }
  }

  private static Spread spread(List<Double> values) {
    return Spread.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
