package personas.report.statistic;

import java.util.List;
import personas.report.data.ReportSample;

/**
 * The silhouette of {@link SampleSilhouette} without a group of features: the distances exclude
 * these features, and all users stay in their personas. The difference from the silhouette of all
 * features shows how much the group separates the personas. One pass over the sample serves all
 * groups of features, because a squared distance is a sum over features.
 */
public final class SilhouetteWithoutFeatures {
  private final ReportSample sample;
  private final int k;
  private final List<List<Integer>> groups;
  private final double[][] sums;
  private final double[][] squares;
  private final int[] users;
  private final double[] totals;

  /**
   * By cluster and group, the sum of the squared distances of the current user to the users of the
   * cluster, without the features of the group.
   */
  private final double[][] sumsWithout;

  private SilhouetteWithoutFeatures(ReportSample sample, int k, List<List<Integer>> groups) {
    this.sample = sample;
    this.k = k;
    this.groups = groups;
    this.sums = new double[k][sample.d()];
    this.squares = new double[k][sample.d()];
    this.users = new int[k];
    this.totals = new double[groups.size()];
    this.sumsWithout = new double[k][groups.size()];
    for (int i = 0; i < sample.size(); i++) {
      int cluster = sample.cluster(i);
      users[cluster]++;
      for (int f = 0; f < sample.d(); f++) {
        double z = sample.z(f, i);
        sums[cluster][f] += z;
        squares[cluster][f] += z * z;
      }
    }
    for (int i = 0; i < sample.size(); i++) {
      addUser(i);
    }
  }

  /**
   * Returns the mean silhouette of the sample without each group of features.
   *
   * @param k number of clusters
   * @param groups indices of the features of each group
   * @return one figure per group, -1..1; NaN if the sample is empty
   */
  public static double[] means(ReportSample sample, int k, List<List<Integer>> groups) {
    double[] means = new SilhouetteWithoutFeatures(sample, k, groups).totals;
    for (int g = 0; g < means.length; g++) {
      means[g] /= sample.size();
    }
    return means;
  }

  private void addUser(int user) {
    int own = sample.cluster(user);
    if (users[own] == 1) {
      return;
    }
    for (int c = 0; c < k; c++) {
      double sumOfAll = 0;
      for (int f = 0; f < sample.d(); f++) {
        sumOfAll += sumOfDistances(user, c, f);
      }
      for (int g = 0; g < groups.size(); g++) {
        double without = sumOfAll;
        for (int f : groups.get(g)) {
          without -= sumOfDistances(user, c, f);
        }
        sumsWithout[c][g] = Math.max(0, without);
      }
    }
    for (int g = 0; g < groups.size(); g++) {
      totals[g] += silhouette(own, g);
    }
  }

  private double silhouette(int own, int group) {
    double inside = sumsWithout[own][group] / (users[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      if (c != own && users[c] > 0) {
        outside = Math.min(outside, sumsWithout[c][group] / users[c]);
      }
    }
    double maximum = Math.max(inside, outside);
    return maximum == 0 || outside == Double.POSITIVE_INFINITY ? 0 : (outside - inside) / maximum;
  }

  /** Returns the sum of the squared distances to the users of a cluster in one feature. */
  private double sumOfDistances(int user, int cluster, int feature) {
    double z = sample.z(feature, user);
    return users[cluster] * z * z + squares[cluster][feature] - 2 * z * sums[cluster][feature];
  }
}
