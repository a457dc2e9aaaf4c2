package personas.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Generates names for clusters that no declared persona fits. A name lists the features that
 * distinguish the cluster from the other clusters. The clusters may form a line, on which each
 * cluster has more of every feature than the previous cluster. Then the names are light, regular
 * and heavy users.
 */
final class GeneratedNames {
  /**
   * A feature appears in a name only if the centroid is at least this far from the mean of all
   * users, in standard deviations.
   */
  private static final double NOTABLE = 0.5;

  private static final int MAX_FEATURES = 3;

  /** A larger difference between two clusters counts as this difference. */
  private static final double MAX_DIFFERENCE = 2;

  /** Two features whose centroids differ by less in all clusters count as equal. */
  private static final double EQUAL_DIFFERENCE = 0.2;

  /** The largest decrease of a feature between two neighboring clusters on a line. */
  private static final double MAX_DECREASE = 0.1;

  /** The names of 2, 3, 4 and 5 clusters on a line. */
  private static final List<List<String>> LINES =
      List.of(
          List.of("Light users", "Heavy users"),
          List.of("Light users", "Regular users", "Heavy users"),
          List.of("Light users", "Regular users", "Heavy users", "Very heavy users"),
          List.of(
              "Very light users",
              "Light users",
              "Regular users",
              "Heavy users",
              "Very heavy users"));

  private final List<NamedFeature> features;
  private final double[][] centroids;

  /** The position of each cluster on the line; null if the clusters do not form a line. */
  private final int[] line;

  /** The cluster of each generated name. */
  private final Map<String, Integer> clusterOfName = new HashMap<>();

  /**
   * Prepares names for clusters.
   *
   * @param features the d features
   * @param centroids k × d, in standard deviations from the mean of all users
   */
  GeneratedNames(List<NamedFeature> features, double[][] centroids) {
    this.features = features;
    this.centroids = centroids;
    this.line = line();
  }

  /**
   * Returns the name of a cluster, and adds the name to {@code takenNames}.
   *
   * @param cluster the index of the cluster
   * @param takenNames names of other clusters
   * @param isBesideDeclared whether other clusters have declared names; then the names light and
   *     heavy are not used
   */
  String name(int cluster, Set<String> takenNames, boolean isBesideDeclared) {
    String name =
        line == null || isBesideDeclared
            ? contrast(cluster)
            : LINES.get(line.length - 2).get(line[cluster]);
    if (takenNames.contains(name)) {
      name = distinguish(cluster, name);
    }
    String base = name;
    for (int number = 2; !takenNames.add(name); number++) {
      name = base + " (" + number + ")";
    }
    clusterOfName.put(name, cluster);
    return name;
  }

  /** Returns the position of each cluster on the line; null if the clusters do not form a line. */
  private int[] line() {
    int k = centroids.length;
    int d = features.size();
    if (k < 2 || k - 2 >= LINES.size() || d < 2) {
      return null;
    }
    Integer[] order = IntStream.range(0, k).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(this::sum));
    int[] positions = new int[k];
    for (int i = 0; i < k; i++) {
      positions[order[i]] = i;
      double rise = 0;
      for (int f = 0; f < d && i > 0; f++) {
        double step =
            features
                .get(f)
                .inTheBetterDirection(centroids[order[i]][f] - centroids[order[i - 1]][f]);
        if (step < -MAX_DECREASE || features.get(f).isShare()) {
          return null;
        }
        rise = Math.max(rise, step);
      }
      if (i > 0 && rise < NOTABLE) {
        return null;
      }
    }
    return positions;
  }

  private double sum(int cluster) {
    double sum = 0;
    for (int f = 0; f < features.size(); f++) {
      sum += features.get(f).inTheBetterDirection(centroids[cluster][f]);
    }
    return sum;
  }

  /**
   * Returns the features that distinguish a cluster from the other clusters; at least two if two
   * distinct features are notable.
   */
  private String contrast(int cluster) {
    List<Integer> rivals = new ArrayList<>(IntStream.range(0, centroids.length).boxed().toList());
    rivals.remove(Integer.valueOf(cluster));
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < MAX_FEATURES) {
      int next = bestFeature(cluster, chosen, f -> gain(cluster, rivals, f));
      if (next < 0 && chosen.size() < 2) {
        next = bestFeature(cluster, chosen, f -> Math.abs(centroids[cluster][f]));
      }
      if (next < 0) {
        break;
      }
      int feature = next;
      chosen.add(feature);
      rivals.removeIf(rival -> haveDifferentPhrases(cluster, rival, feature));
    }
    if (chosen.isEmpty()) {
      return "Average users";
    }
    String phrases = String.join(", ", chosen.stream().map(f -> phrase(cluster, f)).toList());
    return phrases.substring(0, 1).toUpperCase(Locale.ROOT) + phrases.substring(1);
  }

  /**
   * Returns the notable feature with the largest value above 0, the first of several with the same
   * value; -1 if there is none.
   *
   * @param value returns the value of a feature
   */
  private int bestFeature(int cluster, List<Integer> chosen, ToDoubleFunction<Integer> value) {
    int best = -1;
    double largest = 0;
    for (int f = 0; f < features.size(); f++) {
      if (Math.abs(centroids[cluster][f]) >= NOTABLE && isDistinct(f, chosen)) {
        double featureValue = value.applyAsDouble(f);
        if (featureValue > largest) {
          best = f;
          largest = featureValue;
        }
      }
    }
    return best;
  }

  /**
   * Returns how clearly a feature distinguishes a cluster from the rivals that have another phrase
   * for the feature.
   */
  private double gain(int cluster, List<Integer> rivals, int feature) {
    double gain = 0;
    for (int rival : rivals) {
      if (haveDifferentPhrases(cluster, rival, feature)) {
        gain +=
            Math.min(
                MAX_DIFFERENCE, Math.abs(centroids[cluster][feature] - centroids[rival][feature]));
      }
    }
    return gain;
  }

  /**
   * Returns whether two clusters have different phrases for a feature. A cluster near the average
   * has no phrase.
   */
  private boolean haveDifferentPhrases(int a, int b, int feature) {
    return !phraseOrEmpty(a, feature).equals(phraseOrEmpty(b, feature));
  }

  private String phraseOrEmpty(int cluster, int feature) {
    return Math.abs(centroids[cluster][feature]) < NOTABLE ? "" : phrase(cluster, feature);
  }

  private String phrase(int cluster, int feature) {
    return features.get(feature).phraseInName(centroids[cluster][feature]);
  }

  /** Returns whether a feature differs from all features that are already chosen. */
  private boolean isDistinct(int feature, List<Integer> chosen) {
    for (int other : chosen) {
      if (features.get(other).column().equals(features.get(feature).column())) {
        return false;
      }
      boolean isSame = true;
      boolean isOpposite = true;
      for (double[] centroid : centroids) {
        isSame &= Math.abs(centroid[feature] - centroid[other]) < EQUAL_DIFFERENCE;
        isOpposite &= Math.abs(centroid[feature] + centroid[other]) < EQUAL_DIFFERENCE;
      }
      if (isSame || isOpposite) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds to a name the feature in which a cluster differs most from the cluster that has the name.
   * Returns the name unchanged if there is no such feature, or if the name was not generated.
   */
  private String distinguish(int cluster, String name) {
    Integer namedCluster = clusterOfName.get(name);
    if (namedCluster == null) {
      return name;
    }
    int best = -1;
    double largest = EQUAL_DIFFERENCE;
    for (int f = 0; f < features.size(); f++) {
      double difference = Math.abs(centroids[cluster][f] - centroids[namedCluster][f]);
      if (difference > largest) {
        best = f;
        largest = difference;
      }
    }
    if (best < 0) {
      return name;
    }
    boolean isMore = centroids[cluster][best] > centroids[namedCluster][best];
    return name + (isMore ? ", more " : ", less ") + features.get(best).nameInPersona();
  }
}
