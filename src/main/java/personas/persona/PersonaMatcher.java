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
 * Gives clusters their names: an optimal one-to-one assignment of declared profiles to centroids,
 * never by the number of a cluster. A profile that fits no cluster well is not forced on one; a
 * cluster without a profile gets a name made from what stands out.
 */
public final class PersonaMatcher {
  /** What the fits, 0..1 each, have to gain before a name moves: 0.4σ of misfit, half a level. */
  public static final double HOLD = 0.2;

  /** More than any sum of fits can gain. */
  private static final double RENAMED = 1e6;

  /** The profile of a cluster whose name was made or given by a person. */
  private static final int NO_PROFILE = -1;

  private final List<PersonaProfile> profiles;
  private final List<NamedFeature> named;
  private final List<String> features;
  private final double[][] centroids;
  private final long[] users;
  private final PreviousName[] held;
  private final double[][] fit;

  /** The cluster of each profile whose persona a person renamed; -1 for other profiles. */
  private final int[] renamedCluster;

  private PersonaMatcher(
      List<PersonaProfile> profiles,
      List<NamedFeature> named,
      double[][] centroids,
      long[] users,
      PreviousName[] held) {
    this.held = held;
    this.profiles = profiles;
    this.named = named;
    this.features = named.stream().map(NamedFeature::name).toList();
    this.centroids = centroids;
    this.users = users;
    this.fit = new double[profiles.size()][centroids.length];
    for (int p = 0; p < profiles.size(); p++) {
      for (int c = 0; c < centroids.length; c++) {
        fit[p][c] = ProfileFit.of(profiles.get(p), features, centroids[c]);
      }
    }
    this.renamedCluster = new int[profiles.size()];
    Arrays.fill(renamedCluster, -1);
    for (int c = 0; c < held.length; c++) {
      int profile = isRenamed(c) ? profileOf(held[c]) : -1;
      if (profile >= 0) {
        renamedCluster[profile] = c;
      }
    }
  }

  /** Whether a person gave the cluster its name, so that no profile takes the name away. */
  private boolean isRenamed(int cluster) {
    return held[cluster] != null && held[cluster].renamedFrom() != null;
  }

  /** The profile that a person renamed, or declared under the new name since; -1 for none. */
  private int profileOf(PreviousName given) {
    List<String> names = profiles.stream().map(PersonaProfile::name).toList();
    int declared = names.indexOf(given.persona());
    return declared >= 0 ? declared : names.indexOf(given.renamedFrom());
  }

  /**
   * Matches and names. The result does not depend on the order of the clusters.
   *
   * @param features the d features
   * @param centroids k × d, in standard deviations
   * @param users users per cluster: the larger of two clusters with made names comes first
   */
  public static MatchedPersonas match(
      List<PersonaProfile> profiles,
      List<NamedFeature> features,
      double[][] centroids,
      long[] users) {
    return match(profiles, features, centroids, users, new PreviousName[centroids.length]);
  }

  /**
   * Likewise where some clusters have a name already. A declared name goes to another cluster only
   * where that makes the sum of the fits larger by more than {@link #HOLD}, or where it no longer
   * fits at all; a made name stays until a declared one fits, however the words for the centroid
   * change. A name that a person gave stays with its cluster; the profile that the person renamed
   * stays with it too.
   *
   * @param held the name of each cluster in the run before; null where it had none
   */
  public static MatchedPersonas match(
      List<PersonaProfile> profiles,
      List<NamedFeature> features,
      double[][] centroids,
      long[] users,
      PreviousName[] held) {
    return new PersonaMatcher(profiles, features, centroids, users, held.clone()).match();
  }

  private MatchedPersonas match() {
    // Ties are settled by the clusters' own values, not by the order that they came in.
    Integer[] sorted = IntStream.range(0, centroids.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        sorted,
        Comparator.comparingLong((Integer c) -> -users[c])
            .thenComparing(c -> centroids[c], Arrays::compare));
    int[] clusterOf = assign(sorted);
    List<ClusterPersona> tags = new ArrayList<>();
    Map<String, String> unmatched = new LinkedHashMap<>();
    for (int p = 0; p < profiles.size(); p++) {
      if (clusterOf[p] < 0) {
        unmatched.put(profiles.get(p).name(), whyUnmatched(p, sorted));
      } else {
        tags.add(tag(clusterOf[p], shownName(p), p));
      }
    }
    tags.addAll(otherTags(sorted, List.copyOf(tags)));
    return new MatchedPersonas(tags, unmatched);
  }

  /**
   * The tags of the clusters without a declared persona: a name that a person gave, else the name
   * of the earlier run, else a made one.
   */
  private List<ClusterPersona> otherTags(Integer[] sorted, List<ClusterPersona> declared) {
    Set<String> names = new HashSet<>();
    profiles.forEach(profile -> names.add(profile.name()));
    declared.forEach(tag -> names.add(tag.persona()));
    Set<Integer> taken = declared.stream().map(ClusterPersona::cluster).collect(Collectors.toSet());
    List<Integer> others = Arrays.stream(sorted).filter(c -> !taken.contains(c)).toList();
    Map<Integer, String> kept = new HashMap<>();
    for (int c : others) {
      if (isRenamed(c) && names.add(held[c].persona())) {
        kept.put(c, held[c].persona());
      }
    }
    for (int c : others) {
      if (held[c] != null && !isRenamed(c) && !held[c].declared() && names.add(held[c].persona())) {
        kept.put(c, held[c].persona());
      }
    }
    MadeNames made = new MadeNames(named, centroids);
    List<ClusterPersona> tags = new ArrayList<>();
    for (int c : others) {
      String name = kept.containsKey(c) ? kept.get(c) : made.name(c, names, !declared.isEmpty());
      tags.add(tag(c, name, NO_PROFILE));
    }
    return tags;
  }

  /**
   * The cluster of each profile, or -1: the assignment with the largest sum of fits, among pairs
   * that fit at all. Each profile also has a column of its own that stands for no cluster.
   */
  private int[] assign(Integer[] sorted) {
    int k = sorted.length;
    double[][] cost = new double[profiles.size()][k + profiles.size()];
    for (int p = 0; p < profiles.size(); p++) {
      // Worth nothing, as a pair below the least fit is: so such a pair never gains over none.
      Arrays.fill(cost[p], k, k + profiles.size(), 0);
      for (int c = 0; c < k; c++) {
        if (renamedCluster[p] >= 0 || isRenamed(sorted[c])) {
          cost[p][c] = sorted[c] == renamedCluster[p] ? -RENAMED : 1;
          continue;
        }
        double each = fit[p][sorted[c]];
        cost[p][c] = each >= ProfileFit.LEAST ? -each - hold(p, sorted[c]) : 1;
      }
    }
    int[] column = LinearAssignment.minimize(cost);
    return Arrays.stream(column).map(c -> c < k ? sorted[c] : -1).toArray();
  }

  private double hold(int profile, int cluster) {
    return isHeld(cluster, profiles.get(profile).name()) ? HOLD : 0;
  }

  private boolean isHeld(int cluster, String name) {
    return held[cluster] != null && held[cluster].persona().equals(name);
  }

  private String whyUnmatched(int profile, Integer[] sorted) {
    int best = sorted[0];
    for (int c : sorted) {
      best = fit[profile][c] > fit[profile][best] ? c : best;
    }
    String nearest = new DistinctiveFeatures(named, centroids[best]).phrase();
    if (fit[profile][best] >= ProfileFit.LEAST) {
      return String.format(
          Locale.ROOT,
          "the cluster that it fits best (%s; fit %.2f) is another persona's",
          nearest,
          fit[profile][best]);
    }
    return String.format(
        Locale.ROOT,
        "no cluster fits it well enough; the best is %s with a fit of %.2f, below %.2f",
        nearest,
        fit[profile][best],
        ProfileFit.LEAST);
  }

  /** The name of a declared persona, or the one that a person gave in its place. */
  private String shownName(int profile) {
    int cluster = renamedCluster[profile];
    return cluster < 0 ? profiles.get(profile).name() : held[cluster].persona();
  }

  /**
   * What a cluster is called.
   *
   * @param own the declared profile of the cluster, or {@link #NO_PROFILE}
   */
  private ClusterPersona tag(int cluster, String name, int own) {
    boolean isDeclared = own != NO_PROFILE;
    int second = -1;
    for (int p = 0; p < profiles.size(); p++) {
      if (p != own && (second < 0 || fit[p][cluster] > fit[second][cluster])) {
        second = p;
      }
    }
    return new ClusterPersona(
        cluster,
        name,
        isDeclared,
        isDeclared ? profiles.get(own).strategy() : "",
        isDeclared ? fit[own][cluster] : 0,
        new DistinctiveFeatures(named, centroids[cluster]).phrase(),
        second < 0 ? RunnerUp.NONE : new RunnerUp(shownName(second), fit[second][cluster]),
        isRenamed(cluster) ? held[cluster].renamedFrom() : null);
  }
}
