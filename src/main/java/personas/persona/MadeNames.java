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
 * Names for clusters that no declared persona fits. A name says what tells a cluster from the other
 * clusters: features in which it has other words than they have. Clusters that lie on one line, so
 * that each has more of everything than the one before, are light, regular and heavy users.
 */
final class MadeNames {
  /** A feature is worth a word from this distance to the mean of all users. */
  private static final double NOTABLE = 0.5;

  private static final int MOST_FEATURES = 3;

  /** A difference between two clusters counts up to this. */
  private static final double CLEAR = 2;

  /** Two features whose centroids differ by less in all clusters say the same. */
  private static final double SAME = 0.2;

  /** Clusters on a line may fall back by this much in a feature. */
  private static final double FLAT = 0.1;

  /** The words of a line of 2, 3, 4 and 5 clusters. */
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

  /** The place of each cluster on the line of all; null if they do not lie on one. */
  private final int[] line;

  private final Map<String, Integer> owners = new HashMap<>();

  /**
   * @param centroids k × d, in standard deviations from the mean of all users
   */
  MadeNames(List<NamedFeature> features, double[][] centroids) {
    this.features = features;
    this.centroids = centroids;
    this.line = line();
  }

  /**
   * The name of a cluster, which is added to the names.
   *
   * @param taken names that others have
   * @param isBesideDeclared whether other clusters have declared names, beside which light and
   *     heavy would say little
   */
  String name(int cluster, Set<String> taken, boolean isBesideDeclared) {
    String name =
        line == null || isBesideDeclared
            ? contrast(cluster)
            : LINES.get(line.length - 2).get(line[cluster]);
    if (taken.contains(name)) {
      name = apart(cluster, name);
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

  /** The features that tell a cluster from the others; at least two if two are notable. */
  private String contrast(int cluster) {
    List<Integer> rivals = new ArrayList<>(IntStream.range(0, centroids.length).boxed().toList());
    rivals.remove(Integer.valueOf(cluster));
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < MOST_FEATURES) {
      int next = first(cluster, chosen, f -> gain(cluster, rivals, f));
      if (next < 0 && chosen.size() < 2) {
        next = first(cluster, chosen, f -> Math.abs(centroids[cluster][f]));
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
   * The notable feature with the largest value above 0, the first of equals; -1 if none has one.
   */
  private int first(int cluster, List<Integer> chosen, ToDoubleFunction<Integer> value) {
    int best = -1;
    double most = 0;
    for (int f = 0; f < features.size(); f++) {
      if (Math.abs(centroids[cluster][f]) >= NOTABLE && saysMore(f, chosen)) {
        double each = value.applyAsDouble(f);
        if (each > most) {
          best = f;
          most = each;
        }
      }
    }
    return best;
  }

  /** How clearly a feature tells a cluster from those that have other words. */
  private double gain(int cluster, List<Integer> rivals, int feature) {
    double gain = 0;
    for (int rival : rivals) {
      if (differ(cluster, rival, feature)) {
        gain += Math.min(CLEAR, Math.abs(centroids[cluster][feature] - centroids[rival][feature]));
      }
    }
    return gain;
  }

  /** Whether the words of two clusters differ, where those near the average have none. */
  private boolean differ(int a, int b, int feature) {
    return !wordsOrNone(a, feature).equals(wordsOrNone(b, feature));
  }

  private String wordsOrNone(int cluster, int feature) {
    return Math.abs(centroids[cluster][feature]) < NOTABLE ? "" : words(cluster, feature);
  }

  private String words(int cluster, int feature) {
    return features.get(feature).spoken(centroids[cluster][feature]);
  }

  /** Whether a feature says something that those before it do not say already. */
  private boolean saysMore(int feature, List<Integer> chosen) {
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

  /** A name with the feature in which a cluster differs most from the one that has the name. */
  private String apart(int cluster, String name) {
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
