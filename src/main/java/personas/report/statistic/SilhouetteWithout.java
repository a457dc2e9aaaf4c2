package personas.report.statistic;

import java.util.List;
import personas.report.data.ReportSample;

/**
 * What becomes of the silhouette of {@link SampleSilhouette} if distances leave out a few features
 * and all users stay where they are: what the features contribute to how clearly the personas are
 * apart. One pass over the sample gives it for all groups of features, because a mean squared
 * distance is a sum over features.
 */
public final class SilhouetteWithout {
  private final ReportSample sample;
  private final int k;
  private final List<List<Integer>> groups;
  private final double[][] sums;
  private final double[][] squares;
  private final int[] users;
  private final double[] totals;

  private SilhouetteWithout(ReportSample sample, int k, List<List<Integer>> groups) {
    this.sample = sample;
    this.k = k;
    this.groups = groups;
    this.sums = new double[k][sample.d()];
    this.squares = new double[k][sample.d()];
    this.users = new int[k];
    this.totals = new double[groups.size()];
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
   * The mean silhouette of the sample without each group.
   *
   * @param groups indices of features; of a category those of all levels
   * @return one figure per group; NaN if the sample is empty
   */
  public static double[] means(ReportSample sample, int k, List<List<Integer>> groups) {
    double[] means = new SilhouetteWithout(sample, k, groups).totals;
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
    double[][] left = new double[k][groups.size()];
    for (int c = 0; c < k; c++) {
      double all = 0;
      for (int f = 0; f < sample.d(); f++) {
        all += sumOfDistances(user, c, f);
      }
      for (int g = 0; g < groups.size(); g++) {
        double without = all;
        for (int f : groups.get(g)) {
          without -= sumOfDistances(user, c, f);
        }
        left[c][g] = Math.max(0, without);
      }
    }
    for (int g = 0; g < groups.size(); g++) {
      totals[g] += silhouette(own, left, g);
    }
  }

  private double silhouette(int own, double[][] sumOfDistances, int group) {
    double inside = sumOfDistances[own][group] / (users[own] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      if (c != own && users[c] > 0) {
        outside = Math.min(outside, sumOfDistances[c][group] / users[c]);
      }
    }
    double larger = Math.max(inside, outside);
    return larger == 0 || outside == Double.POSITIVE_INFINITY ? 0 : (outside - inside) / larger;
  }

  /** Returns the sum of the squared distances to the users of a cluster in one feature. */
  private double sumOfDistances(int user, int cluster, int feature) {
    double z = sample.z(feature, user);
    return users[cluster] * z * z + squares[cluster][feature] - 2 * z * sums[cluster][feature];
  }
}
