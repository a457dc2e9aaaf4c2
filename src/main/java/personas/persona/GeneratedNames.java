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
 * distinguish the cluster from the other clusters. If the clusters form a line, on which each
 * cluster has more of every feature than the previous one, the names are light, regular and heavy
 * users.
 */
final class GeneratedNames {
  /**
   * A feature appears in a name only if the centroid is at least this far from the mean of all
   * users, in standard deviations.
   */
  private static final double NOTABLE = 0.5;

  private static final int MAX_FEATURES = 3;

  /** A larger difference between two clusters counts as this difference. */
  private static final double CLEAR = 2;

  /** Two features whose centroids differ by less in all clusters count as equal. */
  private static final double SAME = 0.2;

  /** The largest decrease of a feature between two neighboring clusters on a line. */
  private static final double FLAT = 0.1;

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

  private final Map<String, Integer> owners = new HashMap<>();

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
   * Returns the name of a cluster, and adds it to the names that are taken.
   *
   * @param cluster the index of the cluster
   * @param taken names of other clusters
   * @param isBesideDeclared whether other clusters have declared names; then the names light and
   *     heavy are not used
   */
  String name(int cluster, Set<String> taken, boolean isBesideDeclared) {
    String name =
        line == null || isBesideDeclared
            ? contrast(cluster)
            : LINES.get(line.length - 2).get(line[cluster]);
    if (taken.contains(name)) {
      name = distinguish(cluster, name);
    }
    String base = name;
    for (int number = 2; !taken.add(name); number++) {
      name = base + " (" + number + ")";
    }
    owners.put(name, cluster);
    return name;
  }

  private int[] line() {
    int k = centroids.length;
    int d = features.size();
    if (k < 2 || k - 2 >= LINES.size() || d < 2) {
      return null;
    }
    Integer[] order = IntStream.range(0, k).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(this::sum));
    int[] places = new int[k];
    for (int i = 0; i < k; i++) {
      places[order[i]] = i;
      double rise = 0;
      for (int f = 0; f < d && i > 0; f++) {
        double step =
            features
                .get(f)
                .inTheBetterDirection(centroids[order[i]][f] - centroids[order[i - 1]][f]);
        if (step < -FLAT || features.get(f).isShare()) {
          return null;
        }
        rise = Math.max(rise, step);
      }
      if (i > 0 && rise < NOTABLE) {
        return null;
      }
    }
    return places;
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
      rivals.removeIf(rival -> differ(cluster, rival, feature));
    }
    if (chosen.isEmpty()) {
      return "Average users";
    }
    String words = String.join(", ", chosen.stream().map(f -> words(cluster, f)).toList());
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /**
   * Returns the notable feature with the largest value above 0; ties go to the first. -1 if there
   * is none.
   */
  private int bestFeature(int cluster, List<Integer> chosen, ToDoubleFunction<Integer> value) {
    int best = -1;
    double most = 0;
    for (int f = 0; f < features.size(); f++) {
      if (Math.abs(centroids[cluster][f]) >= NOTABLE && isDistinct(f, chosen)) {
        double featureValue = value.applyAsDouble(f);
        if (featureValue > most) {
          best = f;
          most = featureValue;
        }
      }
    }
    return best;
  }

  /**
   * Returns how clearly a feature distinguishes a cluster from those rivals whose words for the
   * feature differ.
   */
  private double gain(int cluster, List<Integer> rivals, int feature) {
    double gain = 0;
    for (int rival : rivals) {
      if (differ(cluster, rival, feature)) {
        gain += Math.min(CLEAR, Math.abs(centroids[cluster][feature] - centroids[rival][feature]));
      }
    }
    return gain;
  }

  /**
   * Returns whether the words of two clusters for a feature differ. A cluster near the average has
   * no words.
   */
  private boolean differ(int a, int b, int feature) {
    return !wordsOrNone(a, feature).equals(wordsOrNone(b, feature));
  }

  private String wordsOrNone(int cluster, int feature) {
    return Math.abs(centroids[cluster][feature]) < NOTABLE ? "" : words(cluster, feature);
  }

  private String words(int cluster, int feature) {
    return features.get(feature).spoken(centroids[cluster][feature]);
  }

  /** Returns whether a feature differs from all features that are already chosen. */
  private boolean isDistinct(int feature, List<Integer> chosen) {
    for (int other : chosen) {
      if (features.get(other).column().equals(features.get(feature).column())) {
        return false;
      }
      boolean same = true;
      boolean opposite = true;
      for (double[] centroid : centroids) {
        same &= Math.abs(centroid[feature] - centroid[other]) < SAME;
        opposite &= Math.abs(centroid[feature] + centroid[other]) < SAME;
      }
      if (same || opposite) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a name with the feature in which the cluster differs most from the cluster that has the
   * name.
   */
  private String distinguish(int cluster, String name) {
    Integer owner = owners.get(name);
    if (owner == null) {
      return name;
    }
    int best = -1;
    double most = SAME;
    for (int f = 0; f < features.size(); f++) {
      double difference = Math.abs(centroids[cluster][f] - centroids[owner][f]);
      if (difference > most) {
        best = f;
        most = difference;
      }
    }
    if (best < 0) {
      return name;
    }
    boolean isMore = centroids[cluster][best] > centroids[owner][best];
    return name + (isMore ? ", more " : ", less ") + features.get(best).spoken();
  }
}
