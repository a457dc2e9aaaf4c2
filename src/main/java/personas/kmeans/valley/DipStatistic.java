package personas.kmeans.valley;

/**
 * How far a set of numbers is from having one peak: the largest distance between its distribution
 * function and that of the nearest distribution with one peak. At least 1 / (2n), at most 1/4;
 * where there is one peak it falls with 1 / √n.
 *
 * <p>J. A. Hartigan and P. M. Hartigan, <i>The dip test of unimodality</i>, Annals of Statistics
 * 13(1), 1985; the algorithm is P. M. Hartigan's AS 217, with the corrections of M. Maechler's
 * diptest.
 */
public final class DipStatistic {
  private final double[] x;
  private final int n;
  private final int[] minorant;
  private final int[] majorant;
  private final int[] lower;
  private final int[] upper;

  // The corners where the hulls of a stretch are farthest apart.
  private int lowerAt;
  private int upperAt;

  /** Counted from 1, as in the published algorithm. */
  private DipStatistic(double[] sorted) {
    n = sorted.length;
    x = new double[n + 1];
    System.arraycopy(sorted, 0, x, 1, n);
    minorant = new int[n + 1];
    majorant = new int[n + 1];
    lower = new int[n + 2];
    upper = new int[n + 2];
  }

  /**
   * The dip.
   *
   * @param sorted ascending
   * @return 0 where there are fewer than two different numbers
   */
  public static double of(double[] sorted) {
    int n = sorted.length;
    if (n < 2 || sorted[0] == sorted[n - 1]) {
      return 0;
    }
    DipStatistic dip = new DipStatistic(sorted);
    dip.hulls();
    return dip.search() / (2.0 * n);
  }

  /** The next corner of the convex minorant to the left, of the concave majorant to the right. */
  private void hulls() {
    minorant[1] = 1;
    for (int j = 2; j <= n; j++) {
      int corner = j - 1;
      while (corner != 1 && !steeper(j, corner, minorant[corner])) {
        corner = minorant[corner];
      }
      minorant[j] = corner;
    }
    majorant[n] = n;
    for (int j = n - 1; j >= 1; j--) {
      int corner = j + 1;
      while (corner != n && !steeper(j, corner, majorant[corner])) {
        corner = majorant[corner];
      }
      majorant[j] = corner;
    }
  }

  private boolean steeper(int j, int corner, int next) {
    return (x[j] - x[corner]) * (corner - next) < (x[corner] - x[next]) * (j - corner);
  }

  private double search() {
    int low = 1;
    int high = n;
    double dip = 1;
    while (true) {
      int lowerLength = chain(lower, high, low, minorant);
      int upperLength = chain(upper, low, high, majorant);
      if (widestGap(lowerLength, upperLength) < dip) {
        return dip;
      }
      dip = Math.max(dip, below(lowerAt, lowerLength));
      dip = Math.max(dip, above(upperAt, upperLength));
      if (low == lower[lowerAt] && high == upper[upperAt]) {
        return dip;
      }
      low = lower[lowerAt];
      high = upper[upperAt];
    }
  }

  /** The widest gap between the hulls of a stretch; sets where it is. */
  private double widestGap(int lowerLength, int upperLength) {
    lowerAt = lowerLength;
    upperAt = upperLength;
    if (lowerLength == 2 && upperLength == 2) {
      return 1;
    }
    double widest = 0;
    int l = lowerLength - 1;
    int u = 2;
    do {
      double gap;
      boolean fromLower = lower[l] > upper[u];
      if (fromLower) {
        gap = upper[u] - lower[l + 1] + 1 - rise(lower[l + 1], lower[l], upper[u]);
        u++;
      } else {
        gap = rise(upper[u - 1], upper[u], lower[l]) - (lower[l] - upper[u - 1] - 1);
        l--;
      }
      if (gap >= widest) {
        widest = gap;
        lowerAt = l + 1;
        upperAt = fromLower ? u - 1 : u;
      }
      l = Math.max(l, 1);
      u = Math.min(u, upperLength);
    } while (lower[l] != upper[u]);
    return widest;
  }

  private static int chain(int[] corners, int from, int to, int[] next) {
    int length = 1;
    corners[1] = from;
    while (corners[length] != to) {
      corners[length + 1] = next[corners[length]];
      length++;
    }
    return length;
  }

  /** How many steps the chord between two corners rises up to point i. */
  private double rise(int left, int right, int i) {
    return (x[i] - x[left]) * (right - left) / (x[right] - x[left]);
  }

  private double below(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = lower[j + 1];
      int right = lower[j];
      double most = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        most = Math.max(most, i - left + 1 - rise(left, right, i));
      }
      largest = Math.max(largest, most);
    }
    return largest;
  }

  private double above(int from, int length) {
    double largest = 0;
    for (int j = from; j < length; j++) {
      int left = upper[j];
      int right = upper[j + 1];
      double most = 1;
      for (int i = left; right - left > 1 && x[right] != x[left] && i <= right; i++) {
        most = Math.max(most, rise(left, right, i) - (i - left - 1));
      }
      largest = Math.max(largest, most);
    }
    return largest;
  }
}
