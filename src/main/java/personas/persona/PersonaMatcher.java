package personas.persona;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import personas.math.LinearAssignment;
import personas.persona.ClusterPersona.RunnerUp;

/**
 * Names clusters. An optimal one-to-one assignment matches declared profiles with centroids. The
 * order of the clusters does not matter. A profile that does not fit any cluster well stays
 * unmatched. A cluster without a profile gets a name that is generated from its distinctive
 * features.
 */
public final class PersonaMatcher {
  /**
   * Minimum gain in total profile fit that justifies moving a name to another cluster. It
   * corresponds to 0.4 standard deviations of misfit, about half the distance between two
   * neighboring levels of a profile.
   */
  public static final double HOLD_GAIN = 0.2;

  /** A gain above any sum of fits, which keeps a renamed persona with its cluster. */
  private static final double RENAMED_GAIN = 1e6;

  /** The profile index of a cluster without a declared persona. */
  private static final int NO_PROFILE = -1;

  private final List<PersonaProfile> profiles;
  private final List<NamedFeature> features;
  private final List<String> featureNames;
  private final double[][] centroids;
  private final long[] users;
  private final PreviousName[] previousNames;

  /** The fit of each profile (row) to each cluster (column). */
  private final double[][] fit;

  /** The cluster of each profile whose persona a person renamed; -1 for other profiles. */
  private final int[] renamedCluster;

  private PersonaMatcher(
      List<PersonaProfile> profiles,
      List<NamedFeature> features,
      double[][] centroids,
      long[] users,
      PreviousName[] previousNames) {
    this.previousNames = previousNames;
    this.profiles = profiles;
    this.features = features;
    this.featureNames = features.stream().map(NamedFeature::name).toList();
    this.centroids = centroids;
    this.users = users;
    this.fit = new double[profiles.size()][centroids.length];
    for (int p = 0; p < profiles.size(); p++) {
      for (int c = 0; c < centroids.length; c++) {
        fit[p][c] = ProfileFit.of(profiles.get(p), featureNames, centroids[c]);
      }
    }
    this.renamedCluster = new int[profiles.size()];
    Arrays.fill(renamedCluster, -1);
    for (int c = 0; c < previousNames.length; c++) {
      int profile = isRenamed(c) ? profileOf(previousNames[c]) : -1;
      if (profile >= 0) {
        renamedCluster[profile] = c;
      }
    }
  }

  /** Returns whether a person renamed the cluster. Then a profile does not replace the name. */
  private boolean isRenamed(int cluster) {
    return previousNames[cluster] != null && previousNames[cluster].renamedFrom() != null;
  }

  /**
   * Returns the profile that a person renamed, or that the spec declares under the new name; -1 if
   * there is none.
   */
  private int profileOf(PreviousName previousName) {
    List<String> names = profiles.stream().map(PersonaProfile::name).toList();
    int declared = names.indexOf(previousName.persona());
    return declared >= 0 ? declared : names.indexOf(previousName.renamedFrom());
  }

  /**
   * Matches profiles with clusters and names all clusters. The order of the clusters does not
   * change the result.
   *
   * @param profiles the declared personas
   * @param features the d features
   * @param centroids k × d, in standard deviations from the mean of all users
   * @param users number of users of each cluster; larger clusters get generated names first
   */
  public static MatchedPersonas match(
      List<PersonaProfile> profiles,
      List<NamedFeature> features,
      double[][] centroids,
      long[] users) {
    return match(profiles, features, centroids, users, new PreviousName[centroids.length]);
  }

  /**
   * Matches profiles with clusters and names all clusters in a run that continues a previous run. A
   * declared name moves to another cluster only if the move raises the sum of the fits by more than
   * {@link #HOLD_GAIN}, or if the name no longer fits. A generated name stays until a declared
   * profile fits, even if the description of the centroid changes. A name that a person gave stays
   * with the cluster, and so does the profile that the person renamed.
   *
   * @param profiles the declared personas
   * @param features the d features
   * @param centroids k × d, in standard deviations from the mean of all users
   * @param users number of users of each cluster; larger clusters get generated names first
   * @param previousNames the name of each cluster in the previous run; null for a new cluster
   */
  public static MatchedPersonas match(
      List<PersonaProfile> profiles,
      List<NamedFeature> features,
      double[][] centroids,
      long[] users,
      PreviousName[] previousNames) {
    return new PersonaMatcher(profiles, features, centroids, users, previousNames.clone()).match();
  }

  private MatchedPersonas match() {
    // Ties are resolved by users and centroids, not by the order of the input.
    Integer[] sortedClusters = IntStream.range(0, centroids.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        sortedClusters,
        Comparator.comparingLong((Integer c) -> -users[c])
            .thenComparing(c -> centroids[c], Arrays::compare));
    int[] clusterOf = assign(sortedClusters);
    List<ClusterPersona> clusterPersonas = new ArrayList<>();
    Map<String, String> unmatched = new LinkedHashMap<>();
    for (int p = 0; p < profiles.size(); p++) {
      if (clusterOf[p] < 0) {
        unmatched.put(profiles.get(p).name(), whyUnmatched(p, sortedClusters));
      } else {
        clusterPersonas.add(clusterPersona(clusterOf[p], nameOf(p), p));
      }
    }
    clusterPersonas.addAll(undeclaredPersonas(sortedClusters, List.copyOf(clusterPersonas)));
    return new MatchedPersonas(clusterPersonas, unmatched);
  }

  /**
   * Returns the personas of the clusters without a declared persona. The name is the name that a
   * person gave, else the name in the previous run, else a generated name.
   */
  private List<ClusterPersona> undeclaredPersonas(
      Integer[] sortedClusters, List<ClusterPersona> declared) {
    Set<String> names = new HashSet<>();
    profiles.forEach(profile -> names.add(profile.name()));
    declared.forEach(declaredPersona -> names.add(declaredPersona.persona()));
    Set<Integer> declaredClusters =
        declared.stream().map(ClusterPersona::cluster).collect(Collectors.toSet());
    List<Integer> undeclared =
        Arrays.stream(sortedClusters).filter(c -> !declaredClusters.contains(c)).toList();
    Map<Integer, String> keptNames = keptNames(undeclared, names);
    GeneratedNames generated = new GeneratedNames(features, centroids);
    List<ClusterPersona> clusterPersonas = new ArrayList<>();
    for (int c : undeclared) {
      String name =
          keptNames.containsKey(c)
              ? keptNames.get(c)
              : generated.name(c, names, !declared.isEmpty());
      clusterPersonas.add(clusterPersona(c, name, NO_PROFILE));
    }
    return clusterPersonas;
  }

  /**
   * Returns the names that clusters keep, and adds them to {@code names}. A name that a person gave
   * comes before a name of the previous run.
   */
  private Map<Integer, String> keptNames(List<Integer> clusters, Set<String> names) {
    Map<Integer, String> keptNames = new HashMap<>();
    for (int c : clusters) {
      if (isRenamed(c) && names.add(previousNames[c].persona())) {
        keptNames.put(c, previousNames[c].persona());
      }
    }
    for (int c : clusters) {
      if (previousNames[c] != null
          && !isRenamed(c)
          && !previousNames[c].declared()
          && names.add(previousNames[c].persona())) {
        keptNames.put(c, previousNames[c].persona());
      }
    }
    return keptNames;
  }

  /**
   * Returns the cluster of each profile, or -1. The assignment has the largest sum of fits, among
   * pairs that fit well enough. Each profile also has a column for "no cluster".
   */
  private int[] assign(Integer[] sortedClusters) {
    int k = sortedClusters.length;
    double[][] cost = new double[profiles.size()][k + profiles.size()];
    for (int p = 0; p < profiles.size(); p++) {
      // "No cluster" costs 0 and a pair below the smallest fit costs 1, so such a pair is never
      // chosen.
      Arrays.fill(cost[p], k, k + profiles.size(), 0);
      for (int c = 0; c < k; c++) {
        if (renamedCluster[p] >= 0 || isRenamed(sortedClusters[c])) {
          cost[p][c] = sortedClusters[c] == renamedCluster[p] ? -RENAMED_GAIN : 1;
          continue;
        }
        double pairFit = fit[p][sortedClusters[c]];
        cost[p][c] = pairFit >= ProfileFit.MIN_FIT ? -pairFit - holdBonus(p, sortedClusters[c]) : 1;
      }
    }
    int[] column = LinearAssignment.minimize(cost);
    return Arrays.stream(column).map(c -> c < k ? sortedClusters[c] : -1).toArray();
  }

  /** Returns the gain of a cluster that had the name of the profile in the previous run. */
  private double holdBonus(int profile, int cluster) {
    return hadName(cluster, profiles.get(profile).name()) ? HOLD_GAIN : 0;
  }

  private boolean hadName(int cluster, String name) {
    return previousNames[cluster] != null && previousNames[cluster].persona().equals(name);
  }

  /** Returns the reason why no cluster has a profile. */
  private String whyUnmatched(int profile, Integer[] sortedClusters) {
    int best = sortedClusters[0];
    for (int c : sortedClusters) {
      best = fit[profile][c] > fit[profile][best] ? c : best;
    }
    String nearest = new DistinctiveFeatures(features, centroids[best]).phrase();
    if (fit[profile][best] >= ProfileFit.MIN_FIT) {
      return String.format(
          Locale.ROOT,
          "the best cluster (%s; fit %.2f) belongs to another persona",
          nearest,
          fit[profile][best]);
    }
    return String.format(
        Locale.ROOT,
        "no cluster fits well enough; the best is %s with a fit of %.2f, below %.2f",
        nearest,
        fit[profile][best],
        ProfileFit.MIN_FIT);
  }

  /** Returns the name of a declared persona, or the name that a person gave it. */
  private String nameOf(int profile) {
    int cluster = renamedCluster[profile];
    return cluster < 0 ? profiles.get(profile).name() : previousNames[cluster].persona();
  }

  /**
   * Returns the persona of a cluster: the name, the fit and the description.
   *
   * @param profile the declared profile of the cluster, or {@link #NO_PROFILE}
   */
  private ClusterPersona clusterPersona(int cluster, String name, int profile) {
    boolean isDeclared = profile != NO_PROFILE;
    int second = -1;
    for (int p = 0; p < profiles.size(); p++) {
      if (p != profile && (second < 0 || fit[p][cluster] > fit[second][cluster])) {
        second = p;
      }
    }
    return new ClusterPersona(
        cluster,
        new ClusterPersona.Name(
            name,
            isDeclared,
            isDeclared ? profiles.get(profile).strategy() : "",
            isRenamed(cluster) ? previousNames[cluster].renamedFrom() : null),
        isDeclared ? fit[profile][cluster] : 0,
        new DistinctiveFeatures(features, centroids[cluster]).phrase(),
        second < 0 ? RunnerUp.NONE : new RunnerUp(nameOf(second), fit[second][cluster]));
  }
}
